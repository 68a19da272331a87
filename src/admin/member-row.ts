import type { Member } from '../members/member.entity.js';
import { presentMember } from '../members/present-member.js';
import { avatarLink, profileLink } from './github-links.js';
import { initials } from './initials.js';

/** A member as a row of the directory. */
export function presentRow(member: Member, apiUrl: string) {
  const { avatarUrl, ...row } = presentMember(member);
  return {
    ...row,
    initials: initials(row.displayName),
    avatar: avatarLink(avatarUrl),
    link: profileLink(apiUrl, row.login),
    since: (member.leftAt ?? member.joinedAt).toISOString(),
  };
}
