import { type Answer, problem } from './answer.js';
import type { Caller } from './caller.js';
import type { SimOrganization } from './organization.js';

/** Whether concealed members are shown: to members of the organization, and to Apps, that may read its members. */
export function seesConcealed({ token, user }: Caller, organization: SimOrganization): boolean {
  if (!token?.readsMembersOf(organization)) return false;
  return token.kind === 'installation' || organization.membership(user) !== undefined;
}

export function isOwner(caller: Caller, organization: SimOrganization): boolean {
  const role = organization.membership(caller.user)?.role;
  return role === 'admin' && seesConcealed(caller, organization);
}

/** Whether it is an owner's access, or an App's that may read members: what GitHub shows to no other member. */
export function seesForOwners(caller: Caller, organization: SimOrganization): boolean {
  const isInstallation = caller.token?.kind === 'installation';
  return isInstallation ? seesConcealed(caller, organization) : isOwner(caller, organization);
}

/** The refusal of everybody else. @param what is refused, as in "outside collaborators" */
export function ownersRefusal(
  caller: Caller,
  organization: SimOrganization,
  { page, what }: { page: string; what: string },
): Answer | undefined {
  if (!caller.token) return problem(401, 'Requires authentication', page);
  if (seesForOwners(caller, organization)) return undefined;
  const words = `You must be an owner of ${organization.login} to list its ${what}.`;
  return grantRefusal(caller, organization, page) ?? problem(403, words, page);
}

/** In GitHub's words, what a caller is told who lacks a right. */
export function lackingMessage({ token, app }: Caller): string {
  const tool = token?.kind === 'fine-grained' ? 'personal access token' : 'integration';
  return token?.hasScopes && !app
    ? 'You need at least read:org scope to see your organization memberships.'
    : `Resource not accessible by ${tool}`;
}

/** The refusal of what the organization knows, but did not grant its members to: an App, or a token that waits. */
export function grantRefusal(
  caller: Caller,
  organization: SimOrganization,
  page: string,
): Answer | undefined {
  const { token } = caller;
  if (!token || token.readsMembersOf(organization)) return undefined;
  if (!token.grantedBy(organization) && token.approval !== 'pending') return undefined;
  return problem(403, lackingMessage(caller), page);
}

/** The refusal of Apps, on routes that are about the user who asks. */
export function userRefusal(caller: Caller, page: string): Answer | undefined {
  if (caller.user) return undefined;
  if (caller.token || caller.app) return problem(403, lackingMessage(caller), page);
  return problem(401, 'Requires authentication', page);
}
