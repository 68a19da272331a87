import { type Answer, problem } from './answer.js';
import type { SimApp } from './apps/app.js';
import { appOf, isJwt } from './apps/jwt.js';
import type { SimRequest } from './exchange.js';
import type { SimToken } from './token.js';
import type { SimUser } from './user.js';
import type { World } from './world.js';

/** Who asks: a token's user, an App, or nobody in particular. */
export interface Caller {
  readonly token: SimToken | undefined;
  /** Whose token it is. */
  readonly user: SimUser | undefined;
  /** The App that signed a JWT. */
  readonly app?: SimApp;
}

export const ANONYMOUS: Caller = { token: undefined, user: undefined };

/** The caller, or GitHub's refusal of the credential. */
export function authenticate(request: SimRequest, world: World): Caller | { refusal: Answer } {
  const { authorization } = request.headers;
  if (authorization === undefined) return ANONYMOUS;
  const credential = authorization.replace(/^(bearer|token) +/i, '');
  if (isJwt(credential)) {
    const app = appOf(credential, world.apps, world.clock);
    return 'refusal' in app ? app : { ...ANONYMOUS, app };
  }
  const token = world.token(credential);
  if (!token || token.expiresAt <= world.clock.now() || token.user?.state === 'deleted') {
    return { refusal: problem(401, 'Bad credentials') };
  }
  const refusal = suspension(token);
  return refusal ? { refusal } : { token, user: token.user };
}

function suspension({ user, installation }: SimToken): Answer | undefined {
  if (user?.state === 'suspended') return problem(403, 'Sorry. Your account was suspended');
  return installation?.suspended ? problem(403, 'This installation has been suspended') : undefined;
}

/** What the token has, until when, and what the route accepts. */
export function accessHeaders(
  caller: Caller,
  accepted: string,
  permissions?: string,
): Record<string, string> {
  return { ...expiryHeader(caller), ...rightsHeaders(caller, accepted, permissions) };
}

/** Of personal access tokens that end. */
function expiryHeader({ token }: Caller): Record<string, string> {
  const isPersonal = token?.kind === 'classic' || token?.kind === 'fine-grained';
  if (!isPersonal || !Number.isFinite(token.expiresAt)) return {};
  const [day, time] = new Date(token.expiresAt).toISOString().split(/[T.]/);
  return { 'github-authentication-token-expiration': `${day} ${time} UTC` };
}

/** Scopes for some kinds of tokens, permissions for the others. */
function rightsHeaders(
  { token, app }: Caller,
  accepted: string,
  permissions?: string,
): Record<string, string> {
  if (token?.hasScopes) {
    return { 'x-oauth-scopes': token.scopes.join(', '), 'x-accepted-oauth-scopes': accepted };
  }
  if ((!token && !app) || permissions === undefined) return {};
  return { 'x-accepted-github-permissions': permissions };
}
