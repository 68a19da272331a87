import type { Member } from './member.entity.js';
import type { ShownMember } from './member-query.js';

/** A member as the command line and the API show them. */
export interface PresentedMember {
  githubId: number;
  login: string;
  /** The login where there is no name. */
  displayName: string;
  /** '' where there is none. */
  email: string;
  role: Member['role'];
  status: Member['status'];
  avatarUrl: string;
}

export const presentMember = (member: ShownMember): PresentedMember => ({
  githubId: member.githubId,
  login: member.login,
  displayName: member.name || member.login,
  email: member.email,
  role: member.role,
  status: member.status,
  avatarUrl: member.avatarUrl,
});
