import type { MemberStatus } from '../member.entity.js';
import { isChanged, type Person, type StoredMember } from '../writing/diff.js';
import type { ChangedValues, ChangeKind, MemberChange } from './member-change.entity.js';

export type ChangeDraft = Pick<MemberChange, 'githubId' | 'login' | 'kind' | 'before' | 'after'> &
  Partial<Pick<MemberChange, 'githubTeamId' | 'invitationId'>>;

/** How many changes of each kind; kinds without any may be left out. */
export type ChangeCounts = Partial<Record<ChangeKind, number>>;

export function countChanges(drafts: Pick<ChangeDraft, 'kind'>[]): ChangeCounts {
  const counts: ChangeCounts = {};
  for (const { kind } of drafts) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

export function addChanges(a: ChangeCounts, b: ChangeCounts): ChangeCounts {
  const sum = { ...a };
  for (const [kind, changes] of Object.entries(b) as [ChangeKind, number][])
    sum[kind] = (sum[kind] ?? 0) + changes;
  return sum;
}

type Field = keyof Person & keyof ChangedValues;

/** The fields of each kind of change. */
const KINDS: [ChangeKind, Field[]][] = [
  ['renamed', ['login']],
  ['role', ['role']],
  ['suspension', ['suspended']],
  ['profile', ['name', 'email', 'avatarUrl', 'twoFactorEnabled', 'nodeId', 'githubType']],
];

export const joined = (person: Person): ChangeDraft => ({
  githubId: person.githubId,
  login: person.login,
  kind: 'joined',
  before: null,
  after: afterJoining(person),
});

const afterJoining = ({
  login,
  role,
  name,
  email,
  avatarUrl,
  twoFactorEnabled,
  nodeId,
  suspended,
  githubType,
}: Person): ChangedValues => ({
  login,
  role,
  name,
  email,
  avatarUrl,
  twoFactorEnabled,
  nodeId,
  suspended,
  githubType,
  status: 'active',
  present: true,
});

/** The differences of a known person, one change for each kind. */
export function changed(before: StoredMember, after: Person): ChangeDraft[] {
  return KINDS.flatMap(([kind, fields]) => {
    const different = fields.filter((field) => isChanged(field, before, after));
    if (different.length === 0) return [];
    return [draft(kind, after, pick(before, different), pick(after, different))];
  });
}

/** Somebody is in the organization again. If they were disabled by hand, they stay disabled. */
export function returned(member: Standing): ChangeDraft {
  const status = member.status === 'left' ? 'active' : member.status;
  return draft('returned', member, standing(member), { status, present: true });
}

export function left(member: Standing): ChangeDraft {
  const status = member.status === 'active' ? 'left' : member.status;
  return draft('left', member, standing(member), { status, present: false });
}

type Standing = Pick<StoredMember, 'githubId' | 'login' | 'status' | 'present'>;

const standing = ({ status, present }: Standing): { status: MemberStatus; present: boolean } => ({
  status,
  present,
});

const draft = (
  kind: ChangeKind,
  { githubId, login }: Pick<Person, 'githubId' | 'login'>,
  before: ChangedValues,
  after: ChangedValues,
): ChangeDraft => ({ githubId, login, kind, before, after });

const pick = (person: Person, fields: Field[]): ChangedValues =>
  Object.fromEntries(fields.map((field) => [field, person[field]]));
