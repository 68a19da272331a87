import type { ReadIdentity } from '../../github/errors/identity-answers.js';
import { Member, OrganizationRole } from '../member.entity.js';

/** One person as GitHub shows them. An undefined value could not be seen this time, and keeps its stored value. */
export interface ObservedMember {
  githubId: number;
  nodeId: string;
  login: string;
  avatarUrl: string;
  role: OrganizationRole | null;
  twoFactorEnabled: boolean | null | undefined;
  name?: string;
  email?: string;
  suspended?: boolean | null;
  githubType?: string | null;
  /** Who they are at work: written of somebody new, and compared by itself of all others. */
  work?: ReadIdentity | undefined;
}

/** The stored values of a person. */
export type Person = Required<Omit<ObservedMember, 'work'>> &
  Pick<ObservedMember, 'work'> & { twoFactorEnabled: boolean | null };

/** A person as stored, with their standing. */
export type StoredMember = Person & Pick<Member, 'present' | 'outside' | 'status'>;

export interface Difference<K extends StoredMember = StoredMember> {
  created: Person[];
  /** `returns`: they were not on the list before. */
  updated: { before: K; after: Person; returns: boolean }[];
  /** No change, but a value is known for the first time: it is written and not recorded. */
  learnt: { before: K; after: Person }[];
  unchanged: K[];
}

const FIELDS = [
  'nodeId',
  'login',
  'avatarUrl',
  'role',
  'twoFactorEnabled',
  'name',
  'email',
  'suspended',
  'githubType',
] as const satisfies (keyof Person)[];

/**
 * What must change so that `known` agrees with `observed`, matched by id alone. Of somebody observed twice, the last
 * observation counts. Ignores people who are not observed: see `missing`.
 * @param isOnList whether the directory has somebody on the observed list
 */
export function diff<K extends StoredMember>(
  known: K[],
  observed: ObservedMember[],
  isOnList: (person: K) => boolean = ({ present }) => present,
): Difference<K> {
  const byId = new Map(known.map((person) => [person.githubId, person]));
  const once = new Map(observed.map((person) => [person.githubId, person]));
  const difference: Difference<K> = { created: [], updated: [], learnt: [], unchanged: [] };
  for (const person of once.values()) {
    const before = byId.get(person.githubId);
    const after = merge(before, person);
    if (!before) difference.created.push(after);
    else if (!isOnList(before)) difference.updated.push({ before, after, returns: true });
    else if (isSame(before, after)) difference.unchanged.push(before);
    else if (FIELDS.every((field) => !isChanged(field, before, after)))
      difference.learnt.push({ before, after });
    else difference.updated.push({ before, after, returns: false });
  }
  return difference;
}

/** The people of `known` who are present in the directory, but were not seen. */
export const missing = <K extends Pick<StoredMember, 'githubId' | 'present'>>(
  known: K[],
  seen: ReadonlySet<number>,
): K[] => known.filter(({ githubId, present }) => present && !seen.has(githubId));

const merge = (before: StoredMember | undefined, seen: ObservedMember): Person => ({
  githubId: seen.githubId,
  nodeId: seen.nodeId,
  login: seen.login,
  // Without a profile there is only the list's form of the address, which differs from the profile's.
  avatarUrl: seen.name === undefined && before ? before.avatarUrl : seen.avatarUrl,
  role: seen.role,
  twoFactorEnabled:
    seen.twoFactorEnabled === undefined
      ? (before?.twoFactorEnabled ?? null)
      : seen.twoFactorEnabled,
  name: seen.name ?? before?.name ?? '',
  email: seen.email ?? before?.email ?? '',
  suspended: seen.suspended === undefined ? (before?.suspended ?? null) : seen.suspended,
  githubType: seen.githubType ?? before?.githubType ?? null,
  work: seen.work,
});

/** A first report that somebody is not suspended is no change: it concerns nearly everybody. */
export const isChanged = (field: (typeof FIELDS)[number], before: Person, after: Person): boolean =>
  before[field] !== after[field] &&
  !(field === 'suspended' && before.suspended === null && after.suspended === false);

const isSame = (a: Person, b: Person): boolean => FIELDS.every((field) => a[field] === b[field]);
