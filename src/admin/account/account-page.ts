import { Inject, Injectable } from '@nestjs/common';
import { type PresentSession, UserSessions } from '../../accounts/sessions/user-sessions.js';
import { AccountService } from '../../accounts/users/account.service.js';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';

interface More {
  notice?: string;
  typed?: { name: string };
  faults?: object;
}

/** The data of the page of one's own account. */
@Injectable()
export class AccountPage {
  constructor(
    private readonly accounts: AccountService,
    private readonly sessions: UserSessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async view({ userId, sessionId }: PresentSession, more: More = {}) {
    const { email, name } = await this.accounts.get(userId);
    const present = sha256Hex(sessionId);
    const sessions = (await this.sessions.list(userId)).map(({ idHash, device, lastUsedAt }) => ({
      ...{ idHash, device: device ?? 'Unknown device', lastUsedAt },
      isThis: idHash === present,
    }));
    return {
      title: 'Account',
      hasPasswords: this.config.passwordSignIn,
      email,
      typed: { name: name ?? '' },
      sessions,
      hasOthers: sessions.some(({ isThis }) => !isThis),
      ...more,
    };
  }
}
