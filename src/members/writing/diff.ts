import { Member, OrganizationRole } from '../member.entity.js';

/** One person as GitHub shows them. What is undefined could not be seen this time, and stays as it is known. */
export interface ObservedMember {
  githubId: number;
  nodeId: string;
  login: string;
  avatarUrl: string;
  role: OrganizationRole | null;
  twoFactorEnabled: boolean | null;
  name?: string;
  email?: string;
  suspended?: boolean | null;
  githubType?: string | null;
}

/** What is kept of a person. */
export type Person = Required<ObservedMember>;

/** A person as the directory has them, with their standing. */
export type StoredMember = Person & Pick<Member, 'present' | 'status'>;

export interface Difference<K extends StoredMember = StoredMember> {
  created: Person[];
  updated: { before: K; after: Person; returns: boolean }[];
  /** Not different, but something is known of them for the first time: it is written, and is no change. */
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
 * What must change for `known` to agree with `observed`, person by person, by id alone. Somebody observed twice counts once,
 * as seen last. Says nothing of those who are not observed: see `missing`.
 */
export function diff<K extends StoredMember>(
  known: K[],
  observed: ObservedMember[],
): Difference<K> {
  const byId = new Map(known.map((person) => [person.githubId, person]));
  const once = new Map(observed.map((person) => [person.githubId, person]));
  const difference: Difference<K> = { created: [], updated: [], learnt: [], unchanged: [] };
  for (const person of once.values()) {
    const before = byId.get(person.githubId);
    const after = merge(before, person);
    if (!before) difference.created.push(after);
    else if (before.present && isSame(before, after)) difference.unchanged.push(before);
    else if (before.present && FIELDS.every((field) => !isChanged(field, before, after)))
      difference.learnt.push({ before, after });
    else difference.updated.push({ before, after, returns: !before.present });
  }
  return difference;
}

/** Who of `known` is in the organization as far as the directory knows, but was not seen. */
export const missing = <K extends Pick<StoredMember, 'githubId' | 'present'>>(
  known: K[],
  seen: ReadonlySet<number>,
): K[] => known.filter(({ githubId, present }) => present && !seen.has(githubId));

const merge = (before: StoredMember | undefined, seen: ObservedMember): Person => ({
  githubId: seen.githubId,
  nodeId: seen.nodeId,
  login: seen.login,
  // Without a profile only the list's form of the address is at hand, which differs from the profile's.
  avatarUrl: seen.name === undefined && before ? before.avatarUrl : seen.avatarUrl,
  role: seen.role,
  twoFactorEnabled: seen.twoFactorEnabled,
  name: seen.name ?? before?.name ?? '',
  email: seen.email ?? before?.email ?? '',
  suspended: seen.suspended === undefined ? (before?.suspended ?? null) : seen.suspended,
  githubType: seen.githubType ?? before?.githubType ?? null,
});

/** Not where a server tells for the first time that somebody is not suspended, which is nearly everybody. */
export const isChanged = (field: (typeof FIELDS)[number], before: Person, after: Person): boolean =>
  before[field] !== after[field] &&
  !(field === 'suspended' && before.suspended === null && after.suspended === false);

const isSame = (a: Person, b: Person): boolean => FIELDS.every((field) => a[field] === b[field]);
