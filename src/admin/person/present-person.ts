import type { PersonElsewhere } from '../../integrations/connections/team-people.js';
import type { KnownPart } from '../../integrations/parts/integration-parts.js';
import { affiliationOf, listOf, shownStatus } from '../../members/affiliation.js';
import type { Member } from '../../members/member.entity.js';
import { presentMemberRow } from '../members/member-row.js';
import type { GithubLinks } from '../shared/github-links.js';
import { identityNotice } from '../shared/identity-notice.js';
import { personPath } from '../shared/person-view.js';

const AFFILIATION_WORDS = {
  member: 'Member',
  outside_collaborator: 'Outside collaborator',
  none: 'None: no longer in the organization',
};

const STATUS_WORDS = { active: 'Active', left: 'Left', disabled: 'Disabled' };

/** A person as their page shows them. */
export const presentPerson = (member: Member, links: GithubLinks) => ({
  ...presentMemberRow(member, links),
  ...standingOf(member),
  githubId: member.githubId,
  accountType: member.githubType,
  suspension: suspensionOf(member),
  affiliation: AFFILIATION_WORDS[affiliationOf(member) ?? 'none'],
});

/** Who somebody is at work, as far as it is known. */
export const presentIdentity = (
  { identityLinked, samlNameId, scimUserName, verifiedEmails }: Member,
  part: KnownPart,
) => ({
  ...{ samlNameId, scimUserName, verifiedEmails },
  isLinked: identityLinked === true,
  isUnlinked: identityLinked === false,
  knowsEmails: verifiedEmails !== null,
  notice: identityNotice(part),
});

/** The same person in another organization of the team. */
export const presentElsewhere = ({ integration, member }: PersonElsewhere) => ({
  organization: integration.organizationLogin,
  href: personPath(integration.id, member.id),
  isDisconnected: integration.disconnectedAt !== null,
  role: member.role,
  ...standingOf(member),
});

const standingOf = (member: Member) => ({
  status: shownStatus(member),
  statusWords: STATUS_WORDS[shownStatus(member)],
  isCollaborator: listOf(member) === 'outside_collaborator',
  joinedAt: member.joinedAt.toISOString(),
  leftAt: member.leftAt?.toISOString(),
});

function suspensionOf({ suspended }: Member): string {
  if (suspended === null) return 'Not reported by GitHub';
  return suspended ? 'Suspended on GitHub' : 'No';
}
