import { isChanged, type Person, type StoredMember } from '../writing/diff.js';
import type { Standing } from '../writing/member-row.js';
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
  after: { ...valuesOf(person), status: 'active', present: true },
});

/** Somebody new on the list of outside collaborators, who was never a member. */
export const collaboratorFound = (person: Person): ChangeDraft => ({
  ...draft('collaborator_added', person, {}, { ...valuesOf(person), ...OUTSIDE }),
  before: null,
});

const OUTSIDE = { status: 'left', present: false, outside: true } as const;

const valuesOf = ({
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
export function returned(member: Changing): ChangeDraft {
  const { status, present } = member;
  return draft('returned', member, { status, present }, afterReturning(member));
}

/** An outside collaborator became a member. */
export function collaboratorJoined(member: Collaborator, { role }: Roled): ChangeDraft {
  const { status, present, outside } = member;
  const before = { status, present, outside, ...roleIf(member.role !== role, member) };
  const after = {
    ...afterReturning(member),
    outside: null,
    ...roleIf(member.role !== role, { role }),
  };
  return draft('joined', member, before, after);
}

const afterReturning = ({ status }: Standing): ChangedValues => ({
  status: status === 'left' ? 'active' : status,
  present: true,
});

export function left(member: Changing): ChangeDraft {
  const { status, present } = member;
  const now = status === 'active' ? 'left' : status;
  return draft('left', member, { status, present }, { status: now, present: false });
}

/** A known person is an outside collaborator now, who has no role in the organization. */
export function collaboratorAdded(member: Collaborator): ChangeDraft {
  const { present, outside, role } = member;
  const before = { present, outside, ...roleIf(role !== null, member) };
  const after = { present, outside: true, ...roleIf(role !== null, { role: null }) };
  return draft('collaborator_added', member, before, after);
}

export function collaboratorRemoved(member: Changing): ChangeDraft {
  const { present } = member;
  return draft(
    'collaborator_removed',
    member,
    { present, outside: true },
    { present, outside: false },
  );
}

type Changing = Pick<StoredMember, 'githubId' | 'login'> & Standing;

type Roled = Pick<Person, 'role'>;

type Collaborator = Changing & Roled;

const roleIf = (isChanged: boolean, { role }: Roled): Partial<Roled> => (isChanged ? { role } : {});

const draft = (
  kind: ChangeKind,
  { githubId, login }: Pick<Person, 'githubId' | 'login'>,
  before: ChangedValues,
  after: ChangedValues,
): ChangeDraft => ({ githubId, login, kind, before, after });

const pick = (person: Person, fields: Field[]): ChangedValues =>
  Object.fromEntries(fields.map((field) => [field, person[field]]));
