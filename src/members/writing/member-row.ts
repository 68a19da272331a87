import {
  identityAfter,
  NO_IDENTITY,
  type WorkIdentity,
} from '../identities/identity-difference.js';
import type { Member } from '../member.entity.js';
import type { Person } from './diff.js';
import { nameKeys } from './name-keys.js';
import { isIdentityTooLong } from './too-long.js';

/** The columns that are written of one person. */
export type MemberRow = Partial<Member> & Pick<Member, 'githubId'>;

/** The columns that tell on which list somebody is. */
export type Standing = Pick<Member, 'status' | 'present' | 'outside'>;

export const MEMBER_STANDING: Standing = { status: 'active', present: true, outside: null };

function storableIdentity(work: Person['work']): WorkIdentity {
  const identity = work ? identityAfter(NO_IDENTITY, work) : NO_IDENTITY;
  return isIdentityTooLong(identity) ? NO_IDENTITY : identity;
}

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
  ...storableIdentity(person.work),
  status,
  present,
  outside,
  joinedAt: at,
  leftAt: null,
  updatedAt: at,
});
