import type { SimInvitation } from '../invitations.js';
import type { SimOrganization } from '../organization.js';
import type { SimTeam } from '../team.js';
import { simpleUser } from './bodies.js';

/** `team`, as it stands in lists and in webhooks. */
export function teamBody(team: SimTeam, organization: SimOrganization, base: string) {
  const { parent } = team;
  return {
    ...simpleTeam(team, organization, base),
    parent: parent && simpleTeam(parent, organization, base),
  };
}

/** `team-simple` */
function simpleTeam({ id, nodeId, ...team }: SimTeam, organization: SimOrganization, base: string) {
  const url = `${base}/organizations/${organization.id}/team/${id}`;
  return {
    ...{ id, node_id: nodeId, name: team.name, slug: team.slug, description: null },
    ...{ privacy: team.privacy, notification_setting: 'notifications_enabled' },
    ...{ permission: 'pull', type: 'organization', organization_id: organization.id },
    url,
    html_url: `https://github.com/orgs/${organization.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
  };
}

/** `organization-invitation` */
export function invitationBody(
  { id, nodeId, user, email, role, ...invitation }: SimInvitation,
  organization: SimOrganization,
  base: string,
) {
  const { createdAt, failed, inviter, teams } = invitation;
  return {
    ...{ id, node_id: nodeId, login: user?.login ?? null, email },
    role: role === 'member' ? 'direct_member' : role,
    ...{ created_at: createdAt, failed_at: failed?.at ?? null },
    failed_reason: failed?.reason ?? null,
    inviter: simpleUser(inviter ?? organization, base),
    team_count: teams.length,
    invitation_teams_url: `${base}/organizations/${organization.id}/invitations/${id}/teams`,
    invitation_source: 'member',
  };
}
