import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { ConfigError } from '../../config/config-error.js';
import { PublicError } from '../../platform/public-error.js';
import { UsersService } from './users.service.js';

/** Makes the first administrator, so that a fresh installation can be signed in to. */
@Injectable()
export class FirstAdministrator {
  constructor(
    private readonly users: UsersService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Their address and password, where there was nobody yet; `generated` is true where the password must be told. */
  async ensure(): Promise<{ email: string; password: string; generated: boolean } | null> {
    if (await this.users.exist()) return null;
    const { email, password: given } = this.config.admin;
    const password = given ?? randomBytes(12).toString('base64url');
    const made = await this.users
      .makeFirst({ email, password, teamSlug: 'default' })
      .catch(nameThePassword);
    return made ? { email, password, generated: given === undefined } : null;
  }
}

/** A password of the environment is the environment's to mend. */
function nameThePassword(error: unknown): never {
  if (error instanceof PublicError && error.code === 'password_too_common')
    throw new ConfigError('ADMIN_PASSWORD', 'is easy to guess; choose another one');
  throw error;
}
