import { isDeepStrictEqual } from 'node:util';
import type { ChangedValues, MemberChange } from '../changes/member-change.entity.js';
import type { Member } from '../member.entity.js';
import { directoryBefore } from './as-of.js';

/** What a comparison of two moments finds of somebody: on GitHub at the second one only, at the first only, or both. */
export const DIFFERENCE_KINDS = ['joined', 'left', 'changed'] as const;

export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One person who is not the same at two moments. */
export interface MemberDifference {
  kind: DifferenceKind;
  githubId: number;
  /** As of the second moment. */
  login: string;
  displayName: string;
  avatarUrl: string;
  /** The values that differ; null for somebody whom the directory did not have. */
  before: ChangedValues | null;
  after: ChangedValues;
}

const FIELDS = [
  'status',
  'present',
  'outside',
  'login',
  'role',
  'name',
  'email',
  'avatarUrl',
  'nodeId',
  'twoFactorEnabled',
  'suspended',
  'githubType',
  'identityLinked',
  'samlNameId',
  'scimUserName',
  'verifiedEmails',
] as const satisfies (keyof ChangedValues)[];

/**
 * The differences between two moments, in the order of `members`. Pure.
 * @param changes of these people since the first moment, newest first
 */
export function differences(
  members: Member[],
  changes: MemberChange[],
  to: Date,
): MemberDifference[] {
  const later = changes.filter(({ madeAt }) => madeAt > to);
  const before = byId(directoryBefore(members, changes));
  const after = byId(directoryBefore(members, later));
  return members.flatMap(({ githubId }) => {
    const person = after.get(githubId);
    return person ? (differenceOf(before.get(githubId), person) ?? []) : [];
  });
}

const byId = (members: Member[]) => new Map(members.map((member) => [member.githubId, member]));

function differenceOf(before: Member | undefined, after: Member): MemberDifference | undefined {
  const fields = FIELDS.filter((field) => !isDeepStrictEqual(before?.[field], after[field]));
  if (fields.length === 0) return undefined;
  const values = (member: Member): ChangedValues =>
    Object.fromEntries(fields.map((field) => [field, member[field]]));
  return {
    kind: kindOf(before?.present ?? false, after.present),
    githubId: after.githubId,
    login: after.login,
    displayName: after.name || after.login,
    avatarUrl: after.avatarUrl,
    before: before ? values(before) : null,
    after: values(after),
  };
}

function kindOf(wasIn: boolean, isIn: boolean): DifferenceKind {
  if (wasIn === isIn) return 'changed';
  return isIn ? 'joined' : 'left';
}
