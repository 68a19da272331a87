import type { Member } from '../member.entity.js';
import type { Person } from './diff.js';
import { nameKeys } from './name-keys.js';

/** The columns that are written of one person. */
export type MemberRow = Partial<Member> & Pick<Member, 'githubId'>;

/** The columns that tell on which list somebody is. */
export type Standing = Pick<Member, 'status' | 'present' | 'outside'>;

export const MEMBER_STANDING: Standing = { status: 'active', present: true, outside: null };

/** A person as a row of a directory, with the standing of somebody new. */
export const memberRow = (
  integrationId: number,
  person: Person,
  at: Date,
  { status, present, outside }: Standing = MEMBER_STANDING,
): MemberRow => ({
  integrationId,
  githubId: person.githubId,
  nodeId: person.nodeId,
  login: person.login,
  loginKey: person.login.toLowerCase(),
  name: person.name,
  ...nameKeys(person.name, person.login),
  email: person.email,
  avatarUrl: person.avatarUrl,
  role: person.role,
  twoFactorEnabled: person.twoFactorEnabled,
  suspended: person.suspended,
  githubType: person.githubType,
  status,
  present,
  outside,
  joinedAt: at,
  leftAt: null,
  updatedAt: at,
});
