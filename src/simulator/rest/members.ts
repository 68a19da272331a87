import { grantRefusal, isOwner, lackingMessage, seesConcealed } from '../access.js';
import { type Answer, invalid, json, notFound, problem } from '../answer.js';
import type { Role, SimMembership } from '../membership.js';
import type { SimOrganization } from '../organization.js';
import { membershipBody } from './bodies.js';
import type { RestCall } from './call.js';
import { organizationOf } from './organizations.js';
import { paged } from './paging.js';

const ROLES: ReadonlySet<string> = new Set(['all', 'admin', 'member']);
export const TWO_FACTOR_FILTERS: ReadonlySet<string> = new Set([
  'all',
  '2fa_disabled',
  '2fa_insecure',
]);

/** `GET /orgs/{org}/members`: everybody for a member's access, the public ones for anybody else's, always with 200. */
export function listMembers(call: RestCall): Answer {
  const { request, caller, page } = call;
  const organization = organizationOf(call);
  if (!organization) return notFound(page);
  const role = request.query.get('role') ?? 'all';
  const filter = request.query.get('filter') ?? 'all';
  if (!ROLES.has(role)) return invalid('Member', 'role', page);
  if (!TWO_FACTOR_FILTERS.has(filter)) return invalid('Member', 'filter', page);
  const refusal = grantRefusal(caller, organization, page);
  if (refusal) return refusal;
  if (filter !== 'all' && !isOwner(caller, organization)) {
    return problem(422, 'Only owners can use this filter.', page);
  }
  const publicOnly = !seesConcealed(caller, organization);
  const listed = organization.list({ publicOnly, role: role as Role | 'all' });
  return paged(request, {
    items: filtered(listed, filter),
    write: (members) => call.pages.page(members, request.base),
    linkPath: `/organizations/${organization.id}/members`,
    resource: 'Member',
    page,
  });
}

/** `GET /orgs/{org}/public_members`: the same for everybody. */
export function listPublicMembers(call: RestCall): Answer {
  const organization = organizationOf(call);
  if (!organization) return notFound(call.page);
  return paged(call.request, {
    items: organization.list({ publicOnly: true }),
    write: (members) => call.pages.page(members, call.request.base),
    linkPath: `/organizations/${organization.id}/public_members`,
    resource: 'Member',
    page: call.page,
  });
}

/** @param filter by two-factor authentication */
export function filtered<T extends Pick<SimMembership, 'user'>>(
  listed: readonly T[],
  filter: string,
): readonly T[] {
  if (filter === 'all') return listed;
  // Nobody here uses the text messages that GitHub calls insecure.
  return filter === '2fa_insecure' ? [] : listed.filter(({ user }) => !user.twoFactor);
}

/** `GET /orgs/{org}/members/{username}`: sends those who are no members on to the public list. */
export function checkMember(call: RestCall): Answer {
  const organization = organizationOf(call);
  if (!organization) return notFound(call.page);
  const refusal = grantRefusal(call.caller, organization, call.page);
  if (refusal) return refusal;
  const login = call.params[1] ?? '';
  if (seesConcealed(call.caller, organization)) {
    return membershipOf(call, organization) ? { status: 204 } : notFound(call.page);
  }
  const location = `${call.request.base}/orgs/${organization.login}/public_members/${login}`;
  return { status: 302, headers: { location } };
}

/** `GET /orgs/{org}/public_members/{username}` */
export function checkPublicMember(call: RestCall): Answer {
  const organization = organizationOf(call);
  const membership = organization && membershipOf(call, organization);
  return membership?.public ? { status: 204 } : notFound(call.page);
}

/** `GET /orgs/{org}/memberships/{username}` */
export function getMembership(call: RestCall): Answer {
  const organization = organizationOf(call);
  if (!organization) return notFound(call.page);
  const refusal = membershipRefusal(call, organization);
  if (refusal) return refusal;
  const standing = organization.standing(call.world.holder(call.params[1] ?? ''));
  if (!standing) return notFound(call.page);
  return json(membershipBody(standing, organization, call.request.base));
}

function membershipRefusal(call: RestCall, organization: SimOrganization): Answer | undefined {
  const { caller, page, params } = call;
  if (seesConcealed(caller, organization)) return undefined;
  if (caller.token && !caller.token.hasScopes && !caller.token.readsMembersOf(organization)) {
    return problem(403, lackingMessage(caller), page);
  }
  const subject = `membership information for ${params[1]}`;
  return problem(403, `You must be a member of ${organization.login} to see ${subject}.`, page);
}

/** A suspended member has no profile any more, and still is one. */
function membershipOf(call: RestCall, organization: SimOrganization): SimMembership | undefined {
  return organization.membership(call.world.holder(call.params[1] ?? ''));
}
