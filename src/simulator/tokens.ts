import type { SimApp, SimInstallation } from './apps/app.js';
import { newToken } from './apps/secrets.js';
import type { Clock } from './clock.js';
import { SimToken, type TokenDetails } from './token.js';
import type { SimUser } from './user.js';

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
    this.revokeWhere((token) => token.installation === installation);
  }

  revokeAuthorization(app: SimApp, user: SimUser): void {
    this.revokeWhere((token) => token.app === app && token.user === user);
  }

  /** Milliseconds since 1970, UTC: a whole second, since GitHub's times have no fraction. */
  expiry(what: keyof typeof LIFETIMES): number {
    return (this.clock.nowInSeconds() + this.lifetimes[what]) * 1000;
  }

  private revokeWhere(isMeant: (token: SimToken) => boolean): void {
    for (const token of this.tokens.values()) if (isMeant(token)) this.revoke(token.token);
  }

  private keep(token: SimToken): SimToken {
    this.tokens.set(token.token, token);
    return token;
  }
}
