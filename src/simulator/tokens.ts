import type { SimInstallation } from './apps/app.js';
import { newToken } from './apps/secrets.js';
import type { Clock } from './clock.js';
import { SimToken, type TokenDetails } from './token.js';

/** In seconds, as GitHub has them. */
const LIFETIMES = {
  installationToken: 3600,
  userToken: 28_800,
  refreshToken: 15_897_600,
  code: 600,
};

/** The tokens that were given out. */
export class Tokens {
  /** How long what is given out from now on is valid, in seconds. */
  readonly lifetimes = { ...LIFETIMES };
  private readonly tokens = new Map<string, SimToken>();

  constructor(private readonly clock: Clock) {}

  add(details: TokenDetails): SimToken {
    return this.keep(new SimToken(details));
  }

  /** @param membersPermission false narrows the token, not the installation */
  addInstallationToken(installation: SimInstallation, membersPermission = true): SimToken {
    const expiresAt = this.expiry('installationToken');
    const token = newToken('ghs');
    return this.keep(new SimToken({ token, installation, membersPermission, expiresAt }));
  }

  find(token: string): SimToken | undefined {
    return this.tokens.get(token);
  }

  revoke(token: string): void {
    this.tokens.delete(token);
  }

  revokeAllOf(installation: SimInstallation): void {
    for (const [token, { installation: one }] of this.tokens) {
      if (one === installation) this.tokens.delete(token);
    }
  }

  /** Milliseconds since 1970, UTC: a whole second, since GitHub's times have no fraction. */
  expiry(what: keyof typeof LIFETIMES): number {
    return (this.clock.nowInSeconds() + this.lifetimes[what]) * 1000;
  }

  private keep(token: SimToken): SimToken {
    this.tokens.set(token.token, token);
    return token;
  }
}
