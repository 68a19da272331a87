import { isOwner, ownersRefusal } from '../access.js';
import { type Answer, invalid, notFound, problem } from '../answer.js';
import type { RestCall } from './call.js';
import { filtered, TWO_FACTOR_FILTERS } from './members.js';
import { organizationOf } from './organizations.js';
import { paged } from './paging.js';

/** `GET /orgs/{org}/outside_collaborators`, for owners and Apps. */
export function listOutsideCollaborators(call: RestCall): Answer {
  const { request, caller, page } = call;
  const organization = organizationOf(call);
  if (!organization) return notFound(page);
  const filter = request.query.get('filter') ?? 'all';
  if (!TWO_FACTOR_FILTERS.has(filter)) return invalid('Member', 'filter', page);
  const refusal = ownersRefusal(caller, organization, { page, what: 'outside collaborators' });
  if (refusal) return refusal;
  if (filter !== 'all' && !isOwner(caller, organization))
    return problem(422, 'Only owners can use this filter.', page);
  const people = organization.collaborators.list().map((user) => ({ user }));
  return paged(request, {
    items: filtered(people, filter),
    write: (some) => call.pages.page(some, request.base),
    linkPath: `/organizations/${organization.id}/outside_collaborators`,
    resource: 'Member',
    page,
  });
}
