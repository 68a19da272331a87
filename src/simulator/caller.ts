import { type Answer, problem } from './answer.js';
import type { SimRequest } from './exchange.js';
import type { SimOrganization } from './organization.js';
import type { SimToken } from './token.js';
import type { SimUser } from './user.js';
import type { World } from './world.js';

/** Who asks: a token's user, or nobody in particular. */
export interface Caller {
  readonly token: SimToken | undefined;
  readonly user: SimUser | undefined;
}

export const ANONYMOUS: Caller = { token: undefined, user: undefined };

/** The caller, or GitHub's refusal of the credential. */
export function authenticate(request: SimRequest, world: World): Caller | { refusal: Answer } {
  const { authorization } = request.headers;
  if (authorization === undefined) return ANONYMOUS;
  const token = world.token(authorization.replace(/^(bearer|token) +/i, ''));
  if (!token || token.user.state === 'deleted') return { refusal: problem(401, 'Bad credentials') };
  if (token.user.state === 'suspended') {
    return { refusal: problem(403, 'Sorry. Your account was suspended') };
  }
  return { token, user: token.user };
}

/** Whether concealed members are shown: to members of the organization whose token may read its members. */
export function seesConcealed(caller: Caller, organization: SimOrganization): boolean {
  return !!caller.token?.readsMembers && organization.membership(caller.user) !== undefined;
}

export function isOwner(caller: Caller, organization: SimOrganization): boolean {
  return (
    seesConcealed(caller, organization) && organization.membership(caller.user)?.role === 'admin'
  );
}

/** What the token has and what the route accepts: scopes for classic tokens, permissions for fine-grained ones. */
export function accessHeaders(
  { token }: Caller,
  accepted: string,
  permissions?: string,
): Record<string, string> {
  if (token?.kind === 'classic') {
    return { 'x-oauth-scopes': token.scopes.join(', '), 'x-accepted-oauth-scopes': accepted };
  }
  if (!token || permissions === undefined) return {};
  return { 'x-accepted-github-permissions': permissions };
}
