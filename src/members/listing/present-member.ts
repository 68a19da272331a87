import { type Affiliation, affiliationOf, shownStatus } from '../affiliation.js';
import type { Member, MemberStatus } from '../member.entity.js';
import { type ShownMember, sinceWhen } from './member-query.js';

/** A member as the command line and the API show them. */
export interface PresentedMember {
  githubId: number;
  login: string;
  /** The login where there is no name. */
  displayName: string;
  /** '' when there is none. */
  email: string;
  role: Member['role'];
  /** In the list that has them, or had them last. */
  status: MemberStatus;
  avatarUrl: string;
  /** Null where it is not visible. The fields below are null where they are not known. */
  twoFactor: boolean | null;
  /** When the current status began: when they joined or left. */
  since: string | null;
  /** The admin who disabled them, and when. */
  disabledBy: string | null;
  disabledAt: string | null;
  /** On GitHub. */
  suspended: boolean | null;
  /** Null for somebody who is neither a member nor an outside collaborator any more. */
  affiliation: Affiliation | null;
  /** Of single sign-on; null where there is none, or where it is not visible. */
  samlNameId: string | null;
  scimUserName: string | null;
  /** In the organization's verified domains; empty where none is known. */
  verifiedEmails: string[];
}

export const presentMember = (member: ShownMember): PresentedMember => ({
  githubId: member.githubId,
  login: member.login,
  displayName: member.name || member.login,
  email: member.email,
  role: member.role,
  status: shownStatus(member),
  avatarUrl: member.avatarUrl,
  twoFactor: member.twoFactorEnabled,
  since: member.isPast ? null : sinceWhen(member).toISOString(),
  disabledBy: member.isPast ? null : member.disabledBy,
  disabledAt: (!member.isPast && member.disabledAt?.toISOString()) || null,
  suspended: member.suspended,
  affiliation: affiliationOf(member),
  samlNameId: member.samlNameId,
  scimUserName: member.scimUserName,
  verifiedEmails: member.verifiedEmails ?? [],
});
