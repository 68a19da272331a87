import { ownersRefusal } from '../access.js';
import { type Answer, notFound } from '../answer.js';
import type { SimInvitation } from '../invitations.js';
import type { SimOrganization } from '../organization.js';
import type { RestCall } from './call.js';
import { organizationOf } from './organizations.js';
import { paged, presented } from './paging.js';
import { invitationBody, teamBody } from './team-bodies.js';

/** `GET /orgs/{org}/invitations`: those that wait, for owners and Apps. */
export function listInvitations(call: RestCall): Answer {
  return forOwners(call, (organization) =>
    listed(call, organization, organization.invitations.pending),
  );
}

/** `GET /orgs/{org}/failed_invitations` */
export function listFailedInvitations(call: RestCall): Answer {
  return forOwners(call, (organization) =>
    listed(call, organization, organization.invitations.failed),
  );
}

/** `GET /orgs/{org}/invitations/{invitation_id}/teams` */
export function listInvitationTeams(call: RestCall): Answer {
  const { request, page, params } = call;
  return forOwners(call, (organization) => {
    const invitation = organization.invitations.byId(Number(params[1]));
    if (!invitation) return notFound(page);
    return paged(request, {
      items: invitation.teams,
      write: presented((team) => teamBody(team, organization, request.base)),
      linkPath: `/organizations/${organization.id}/invitations/${invitation.id}/teams`,
      resource: 'OrganizationInvitation',
      page,
    });
  });
}

function forOwners(call: RestCall, answer: (organization: SimOrganization) => Answer): Answer {
  const { caller, page } = call;
  const organization = organizationOf(call);
  if (!organization) return notFound(page);
  const refusal = ownersRefusal(caller, organization, { page, what: 'invitations' });
  return refusal ?? answer(organization);
}

function listed(
  { request, page }: RestCall,
  organization: SimOrganization,
  items: readonly SimInvitation[],
): Answer {
  const path = request.pathname.endsWith('/failed_invitations')
    ? 'failed_invitations'
    : 'invitations';
  return paged(request, {
    items,
    write: presented((one) => invitationBody(one, organization, request.base)),
    linkPath: `/organizations/${organization.id}/${path}`,
    resource: 'OrganizationInvitation',
    page,
  });
}
