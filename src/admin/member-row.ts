import type { Member } from '../members/member.entity.js';
import { presentMember } from '../members/present-member.js';
import { isHttps, profileLink } from './github-links.js';
import { initials } from './initials.js';

/** A member as a row of the directory. Addresses that GitHub gave are used only where they are https. */
export function presentRow(member: Member, apiUrl: string) {
  const { avatarUrl, ...row } = presentMember(member);
  return {
    ...row,
    hasName: row.displayName !== row.login,
    initials: initials(row.displayName),
    avatar: isHttps(avatarUrl) ? avatarUrl : undefined,
    link: profileLink(apiUrl, row.login),
    since: (member.leftAt ?? member.joinedAt).toISOString(),
  };
}
