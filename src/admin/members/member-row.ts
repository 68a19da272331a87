import { listOf, shownStatus } from '../../members/affiliation.js';
import { type ShownMember, sinceWhen } from '../../members/listing/member-query.js';
import type { MemberStatus } from '../../members/member.entity.js';
import type { GithubLinks } from '../shared/github-links.js';
import { initials } from '../shared/initials.js';
import { personPath } from '../shared/person-view.js';

/** A member as a row of the directory. Written without spread, for speed: fifty rows are most of the cost of a page. */
export const presentMemberRow = (member: ShownMember, links: GithubLinks) =>
  rowOf(member, links, {
    since: sinceWhen(member).toISOString(),
    hasLeft: member.status === 'disabled' && member.leftAt !== null,
    disabledBy: member.disabledBy,
    disabledAt: member.disabledAt?.toISOString(),
  });

/** The same without values that are known only for now. */
export const presentPastRow = (member: ShownMember, links: GithubLinks) => rowOf(member, links, {});

/** Active people need none: a page shows people of one status, mostly active ones. */
const BADGES = {
  active: undefined,
  left: { word: 'Left', color: 'badge-neutral' },
  disabled: { word: 'Disabled', color: 'badge-warning' },
};

interface Present {
  since?: string;
  /** For a disabled member: whether `since` is when they left. */
  hasLeft?: boolean;
  disabledBy?: string | null;
  disabledAt?: string | undefined;
}

function rowOf(
  member: ShownMember,
  links: GithubLinks,
  { since, hasLeft, disabledBy, disabledAt }: Present,
) {
  const { login, email, role, avatarUrl, twoFactorEnabled, suspended } = member;
  const status = shownStatus(member);
  const displayName = member.name || login;
  return {
    login,
    displayName,
    email,
    role,
    status,
    since,
    hasLeft,
    disabledBy,
    disabledAt,
    badge: BADGES[status],
    isSuspended: suspended === true,
    // People need no badge.
    type: member.githubType === 'User' ? undefined : member.githubType,
    isAdmin: role === 'admin',
    isCollaborator: listOf(member) === 'outside_collaborator',
    twoFactor: twoFactorEnabled === null ? undefined : twoFactorEnabled ? 'On' : 'Off',
    lacksTwoFactor: twoFactorEnabled === false,
    initials: initials(displayName, login),
    avatar: links.avatar(avatarUrl),
    link: links.profile(login),
    page: personPath(member.integrationId, member.id),
  };
}

const oppositeOf = (status: MemberStatus) => (status === 'disabled' ? 'enable' : 'disable');

const WORDS = { enable: 'Enable', disable: 'Disable' };

/** The buttons for one member, and the page to return to without htmx. */
export const statusAction = (
  { integrationId, id, githubId, status }: ShownMember,
  back: string,
) => ({
  member: id,
  githubId,
  sync: `/integrations/github/${integrationId}/members/sync`,
  word: WORDS[oppositeOf(status)],
  action: `/integrations/github/${integrationId}/members/${id}/${oppositeOf(status)}`,
  back,
});

/** What an admin can do with the people of that status whom they choose. */
export const chosenActions = (integrationId: number, status: MemberStatus) => ({
  word: WORDS[oppositeOf(status)],
  action: `/integrations/github/${integrationId}/members/${oppositeOf(status)}`,
  export: `/integrations/github/${integrationId}/members/export`,
});
