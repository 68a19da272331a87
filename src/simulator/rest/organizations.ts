import { type Answer, json, notFound, problem } from '../answer.js';
import type { SimOrganization } from '../organization.js';
import { fullOrganization, membershipBody, simpleOrganization } from './bodies.js';
import type { RestCall } from './call.js';
import { paged, presented } from './paging.js';

/** The organization of the path: `/organizations/{id}` and `/orgs/{login}` are routed alike. */
export function organizationOf({ world, params, request }: RestCall): SimOrganization | undefined {
  const key = params[0] ?? '';
  return world.organization(request.pathname.startsWith('/organizations/') ? Number(key) : key);
}

/** `GET /orgs/{org}` and `GET /organizations/{id}` */
export function getOrganization(call: RestCall): Answer {
  const organization = organizationOf(call);
  if (!organization) return notFound(call.page);
  return json(fullOrganization(organization, call.request.base));
}

/** `GET /user/orgs`: nothing at all for a fine-grained token, as GitHub documents. */
export function listOwnOrganizations(call: RestCall): Answer {
  const { token } = call.caller;
  if (!token) return problem(401, 'Requires authentication', call.page);
  if (!token.hasAny('read:org', 'user')) {
    const need = 'You need at least read:org scope or user scope to list your organizations.';
    return problem(403, need, call.page);
  }
  return paged(call.request, {
    items: token.kind === 'fine-grained' ? [] : call.world.organizationsOf(token.user),
    write: presented((organization) => simpleOrganization(organization, call.request.base)),
    linkPath: call.request.pathname,
    resource: 'Organization',
    page: call.page,
  });
}

/** `GET /user/memberships/orgs/{org}` */
export function getOwnMembership(call: RestCall): Answer {
  const { token } = call.caller;
  if (!token) return problem(401, 'Requires authentication', call.page);
  if (!token.readsMembers) return problem(403, lacking(token.kind), call.page);
  const organization = call.world.organization(call.params[0] ?? '');
  const membership = organization?.membership(token.user);
  if (!organization || !membership) return notFound(call.page);
  return json(membershipBody(membership, organization, call.request.base));
}

function lacking(kind: string): string {
  if (kind === 'fine-grained') return 'Resource not accessible by personal access token';
  return 'You need at least read:org scope to see your organization memberships.';
}
