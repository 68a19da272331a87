import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { recordAudit } from '../audit/record-audit.js';
import { Passwords } from '../passwords/passwords.js';
import { endOtherSessions, type PresentSession } from '../sessions/user-sessions.js';
import { SignInService } from '../sign-in/sign-in.service.js';
import { passwordSignInOff } from '../sign-in/sign-in-refusals.js';
import { User } from './user.entity.js';
import { userName } from './user-name.js';

export interface PasswordChange {
  present: string;
  wanted: string;
  /** The client's IP address. */
  address: string;
}

/** What users change about themselves. */
@Injectable()
export class AccountService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    private readonly signIns: SignInService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get(id: number): Promise<User> {
    return this.dataSource.manager.findOneByOrFail(User, { id });
  }

  /** @throws PublicError `password_sign_in_off` */
  requirePasswords(): void {
    if (!this.config.passwordSignIn) throw passwordSignInOff();
  }

  /** @throws PublicError `user_name_invalid` */
  async rename(id: number, typed: string): Promise<void> {
    const name = userName(typed);
    await inTransaction(this.dataSource, async (manager) => {
      const { email: subject, name: before } = await manager.findOneByOrFail(User, { id });
      if (before === name) return;
      await manager.update(User, { id }, { name });
      const changed = { before: { name: before }, after: { name } };
      await recordAudit(manager, { action: 'user.name', subject, ...changed });
    });
  }

  /**
   * Ends the user's other sessions. Wrong present passwords count as failed sign-ins.
   * @throws PublicError `password_sign_in_off`, `password_wrong`, `password_unchanged`, `password_too_short`, `password_too_common`
   * @throws SignInDelayed after too many wrong ones
   */
  async changePassword(
    session: PresentSession,
    { present, wanted, address }: PasswordChange,
  ): Promise<void> {
    this.requirePasswords();
    const { id, email } = await this.get(session.userId);
    await this.signIns.authenticate(email, present, address).catch(namePresent);
    if (wanted === present) throw unchanged();
    const passwordHash = await this.passwords.hash(wanted);
    await inTransaction(this.dataSource, async (manager) => {
      await manager.update(User, { id }, { passwordHash, mustChangePassword: false });
      const endedSessions = await endOtherSessions(manager, session);
      const after = { endedSessions };
      await recordAudit(manager, { action: 'user.password', subject: email, after });
    });
  }
}

/** The sign-in's words are about an email address too, which nobody typed here. */
function namePresent(error: unknown): never {
  if (error instanceof PublicError && error.code === 'sign_in_refused') throw presentWrong();
  throw error;
}

const presentWrong = () =>
  new PublicError(
    422,
    'password_wrong',
    'The present password is wrong.',
    'Type the password with which you signed in.',
  );

const unchanged = () =>
  new PublicError(
    422,
    'password_unchanged',
    'The new password is the present one.',
    'Choose another one.',
  );
