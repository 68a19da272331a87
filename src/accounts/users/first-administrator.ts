import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { ConfigError } from '../../config/config-error.js';
import { PublicError } from '../../platform/public-error.js';
import { UsersService } from './users.service.js';

/** Creates the first administrator, so that people can sign in to a new installation. */
@Injectable()
export class FirstAdministrator {
  constructor(
    private readonly users: UsersService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The new administrator's address and password; null where there are users. `generated`: show the password. */
  async ensure(): Promise<{ email: string; password: string; generated: boolean } | null> {
    if (await this.users.exist()) return null;
    const { email, password: given } = this.config.admin;
    const password = given ?? randomBytes(12).toString('base64url');
    const made = await this.users
      .makeFirst({ email, password, teamSlug: 'default', isGenerated: given === undefined })
      .catch(nameThePassword);
    return made ? { email, password, generated: given === undefined } : null;
  }
}

/** A bad password from the environment is an error of the configuration. */
function nameThePassword(error: unknown): never {
  if (error instanceof PublicError && error.code === 'password_too_common')
    throw new ConfigError('ADMIN_PASSWORD', 'is easy to guess; choose another one');
  throw error;
}
