import { createHash } from 'node:crypto';
import { type OAuthClient, SimApp } from '../apps/app.js';
import { newCode, newToken } from '../apps/secrets.js';
import type { SimUser } from '../user.js';
import type { World } from '../world.js';

/** What somebody agreed to. */
export interface Grant {
  readonly client: OAuthClient;
  readonly user: SimUser;
  readonly scopes: readonly string[];
  /** Where the code was sent. */
  readonly redirectUri: string;
  /** PKCE's, of the method S256. */
  readonly challenge: string | undefined;
}

interface Refreshable {
  readonly app: SimApp;
  readonly user: SimUser;
  readonly token: string;
  readonly expiresAt: number;
}

/** Codes that wait to be exchanged, and tokens that can be refreshed. Each is good for one use. */
export class Grants {
  private readonly codes = new Map<string, { grant: Grant; expiresAt: number }>();
  private readonly refreshables = new Map<string, Refreshable>();

  constructor(private readonly world: World) {}

  /** A code for ten minutes. */
  code(grant: Grant): string {
    const code = newCode();
    this.codes.set(code, { grant, expiresAt: this.world.tokens.expiry('code') });
    return code;
  }

  /** The grant of a code that is still good, which it no longer is after this. */
  redeem(code: string, client: OAuthClient): Grant | undefined {
    const found = this.codes.get(code);
    if (found?.grant.client !== client) return undefined;
    this.codes.delete(code);
    return found.expiresAt > this.world.clock.now() ? found.grant : undefined;
  }

  /** A GitHub App's token expires, has a refresh token, and has the App's permissions instead of scopes. */
  issue({ client, user, scopes }: Grant): Record<string, string | number> {
    if (client instanceof SimApp) return this.issueForApp(client, user);
    const token = newToken('gho');
    this.world.addToken({ token, user, scopes, kind: 'oauth' });
    return { access_token: token, scope: scopes.join(','), token_type: 'bearer' };
  }

  /** A new token for a refresh token; both old ones are void then. */
  refresh(refreshToken: string, client: OAuthClient): Record<string, string | number> | undefined {
    const found = this.refreshables.get(refreshToken);
    if (!found || found.app !== client) return undefined;
    this.refreshables.delete(refreshToken);
    if (found.expiresAt <= this.world.clock.now()) return undefined;
    this.world.revokeToken(found.token);
    return this.issueForApp(found.app, found.user);
  }

  private issueForApp(app: SimApp, user: SimUser): Record<string, string | number> {
    const { tokens } = this.world;
    const [token, refreshToken] = [newToken('ghu'), newToken('ghr')];
    tokens.add({ token, user, app, kind: 'app-user', expiresAt: tokens.expiry('userToken') });
    const expiresAt = tokens.expiry('refreshToken');
    this.refreshables.set(refreshToken, { app, user, token, expiresAt });
    return {
      access_token: token,
      expires_in: tokens.lifetimes.userToken,
      refresh_token: refreshToken,
      refresh_token_expires_in: tokens.lifetimes.refreshToken,
      scope: '',
      token_type: 'bearer',
    };
  }
}

/** Whether PKCE's verifier is the one that the challenge was made of. */
export function isProven({ challenge }: Grant, verifier: string | null): boolean {
  if (challenge === undefined) return true;
  const made = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  return verifier !== null && made === challenge;
}
