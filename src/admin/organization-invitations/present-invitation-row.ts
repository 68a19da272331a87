import type { InvitedPeople } from '../../members/invitations/invited-people.js';
import type { OrganizationInvitation } from '../../members/invitations/organization-invitation.entity.js';
import type { Member } from '../../members/member.entity.js';
import type { GithubLinks } from '../shared/github-links.js';
import { initials } from '../shared/initials.js';
import { knownPersonPath, personView } from '../shared/person-view.js';

interface Known {
  invited: InvitedPeople;
  /** By GitHub's id. */
  inviters: ReadonlyMap<number, Pick<Member, 'id'>>;
}

/** An invitation as a row. */
export const presentInvitationRow = (
  one: OrganizationInvitation,
  { invited, inviters }: Known,
  links: GithubLinks,
) => ({
  ...invitedView(one, invited.personOf(one.login), links),
  role: ROLES.get(one.role) ?? one.role.replaceAll('_', ' '),
  invitedAt: one.invitedAt.toISOString(),
  invitedBy: one.inviterLogin,
  inviterPage: knownPersonPath(one.integrationId, inviters.get(one.inviterGithubId ?? 0)?.id),
  githubTeams: one.githubTeams?.map(({ name, slug }) => name || slug),
  teamsUnknown: one.githubTeams === null,
  failure: one.state === 'failed' && {
    at: one.endedAt?.toISOString(),
    reason: one.failedReason || 'GitHub gives no reason.',
  },
});

function invitedView(
  { integrationId, login, email }: OrganizationInvitation,
  person: Member | undefined,
  links: GithubLinks,
) {
  if (login === null) return { email, initials: initials(email ?? '') };
  const { name = null, avatarUrl = null } = person ?? {};
  return personView(
    { login, name, avatarUrl, page: knownPersonPath(integrationId, person?.id) },
    links,
  );
}

const ROLES = new Map([
  ['admin', 'Owner'],
  ['member', 'Member'],
  ['billing_manager', 'Billing manager'],
]);
