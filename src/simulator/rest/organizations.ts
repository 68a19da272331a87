import { lackingMessage, userRefusal } from '../access.js';
import { type Answer, json, notFound, problem } from '../answer.js';
import type { SimOrganization } from '../organization.js';
import { ssoPartialHeader } from '../sso.js';
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
  const { caller, page, request } = call;
  const refusal = userRefusal(caller, page);
  if (refusal) return refusal;
  if (!caller.token?.hasAny('read:org', 'user')) {
    const need = 'You need at least read:org scope or user scope to list your organizations.';
    return problem(403, need, page);
  }
  const all = ownOrganizations(call);
  const hidden = all.filter((organization) => caller.token?.needsSso(organization));
  const answer = paged(request, {
    items: all.filter((organization) => !hidden.includes(organization)),
    write: presented((organization) => simpleOrganization(organization, request.base)),
    linkPath: request.pathname,
    resource: 'Organization',
    page,
  });
  if (hidden.length === 0) return answer;
  return { ...answer, headers: { ...answer.headers, 'x-github-sso': ssoPartialHeader(hidden) } };
}

function ownOrganizations({ world, caller: { token, user } }: RestCall): SimOrganization[] {
  if (!user || token?.kind === 'fine-grained') return [];
  const all = world.organizationsOf(user);
  return token?.app ? all.filter((organization) => token.grantedBy(organization)) : all;
}

/** `GET /user/memberships/orgs/{org}` */
export function getOwnMembership(call: RestCall): Answer {
  const { caller, page, params, world } = call;
  const refusal = userRefusal(caller, page);
  if (refusal) return refusal;
  const organization = world.organization(params[0] ?? '');
  const reads = organization
    ? caller.token?.readsMembersOf(organization)
    : caller.token?.readsMembers;
  if (!reads) return problem(403, lackingMessage(caller), page);
  const standing = organization?.standing(caller.user);
  if (!organization || !standing) return notFound(page);
  return json(membershipBody(standing, organization, call.request.base));
}
