import type { Member } from '../members/member.entity.js';
import { sinceWhen } from '../members/member-query.js';
import { presentMember } from '../members/present-member.js';
import { avatarLink, profileLink } from './github-links.js';
import { initials } from './initials.js';

/** A member as a row of the directory. */
export function presentRow(member: Member, apiUrl: string) {
  return {
    ...presentPastRow(member, apiUrl),
    since: sinceWhen(member).toISOString(),
    disabledBy: member.disabledBy,
    disabledAt: member.disabledAt?.toISOString(),
  };
}

const BADGES = {
  active: { word: 'Active', color: 'badge-success' },
  left: { word: 'Left', color: 'badge-neutral' },
  disabled: { word: 'Disabled', color: 'badge-warning' },
};

/** The same without what is known of the present only. */
export function presentPastRow(member: Member, apiUrl: string) {
  const { avatarUrl, ...row } = presentMember(member);
  const { twoFactorEnabled } = member;
  return {
    ...row,
    badge: BADGES[row.status],
    isAdmin: row.role === 'admin',
    twoFactor: twoFactorEnabled === null ? undefined : twoFactorEnabled ? 'On' : 'Off',
    lacksTwoFactor: twoFactorEnabled === false,
    initials: initials(row.displayName),
    avatar: avatarLink(apiUrl, avatarUrl),
    link: profileLink(apiUrl, row.login),
  };
}

/** What an admin can do about a member's standing, and where that leads without htmx. */
export const standingAction = ({ integrationId, id, status }: Member, back: string) => ({
  member: id,
  word: status === 'disabled' ? 'Enable' : 'Disable',
  action: `/integrations/github/${integrationId}/members/${id}/${status === 'disabled' ? 'enable' : 'disable'}`,
  back,
});
