import { setImmediate as turn } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { isListed } from '../affiliation.js';
import type {
  MemberFilter,
  MemberSort,
  PagePosition,
  PlacingField,
} from '../listing/member-query.js';
import { placeOf } from '../listing/member-query.js';
import { placingFields } from '../listing/placing-fields.js';
import { countPerson, noPeople, type PeopleCounts } from '../member-counts.js';
import { chunks } from '../writing/bulk.js';
import { type NameKeys, nameKeys } from '../writing/name-keys.js';
import { type ChangeMark, markOf } from './change-mark.js';
import { mergeSorted } from './merge-sorted.js';
import { comparePlaces, found } from './past-page.js';
import { type PlacingChange, type PlacingValues, placingChanges } from './placing-changes.js';

/** Somebody's place in a past directory. */
export interface PastPlace {
  githubId: number;
  at: PagePosition;
}

/** The people whose place in a directory may have been different at a past moment, for one query. */
export interface MovedMember {
  mark: ChangeMark;
  /** GitHub's ids of all these people. */
  known: Set<number>;
  /** Those whom the query finds, in its order. */
  found: PastPlace[];
  /** How many of these people had each status in each list then, and at `mark`; `present` is null where not all were read then. */
  past: PeopleCounts;
  present: PeopleCounts | null;
}

export interface MovedQuery {
  integrationId: number;
  moment: Date;
  filter: MemberFilter;
  sort: MemberSort;
  /** Only these people, by GitHub's ids. */
  only?: ReadonlySet<number> | undefined;
  /** Aborts the work when nobody waits for it any more. */
  signal?: AbortSignal | undefined;
}

/**
 * Reads the changes in batches; other work runs in between. It keeps only the places of people in memory.
 * @param earlier an earlier result: only changes made after it are read, because the past of a person does not change
 */
export async function movedSince(
  manager: EntityManager,
  query: MovedQuery,
  mark: ChangeMark,
  earlier?: MovedMember,
): Promise<MovedMember> {
  const { integrationId, moment } = query;
  const after = earlier?.mark.last ?? 0;
  const news = earlier ? await markOf(manager, integrationId, moment, after) : mark;
  // Of two concurrent transactions, the one with the lower ids may commit last.
  if (earlier && earlier.mark.count + news.count !== mark.count)
    return movedSince(manager, query, mark);
  const known = earlier?.known ?? new Set();
  const fields = placingFields({ ...query.filter, sort: query.sort });
  const people = new Undone(fields, known);
  const changes = placingChanges(manager, { integrationId, moment, fields, mark: news });
  for await (const some of changes) {
    query.signal?.throwIfAborted();
    people.undo(some);
  }
  return placed(people, query, mark, earlier);
}

/** People as they were before some changes. The changes come newest first. */
class Undone {
  readonly people = new Map<number, PlacingValues | null>();
  readonly present = noPeople();

  constructor(
    readonly fields: PlacingField[],
    readonly known: Set<number>,
  ) {}

  undo(changes: PlacingChange[]): void {
    for (const change of changes) if (!this.known.has(change.member.githubId)) this.undoOne(change);
  }

  private undoOne({ member, before }: PlacingChange): void {
    const { githubId } = member;
    if (!this.people.has(githubId)) countPerson(this.present, member);
    const person = this.people.has(githubId) ? this.people.get(githubId) : member;
    // Already undone to before they joined.
    if (!person) return;
    if (before) for (const field of this.fields) overwrite(person, field, before[field]);
    this.people.set(githubId, before && person);
  }
}

/** @param value undefined where the change does not have the field */
function overwrite<F extends PlacingField>(
  person: PlacingValues,
  field: F,
  value: PlacingValues[F] | undefined,
): void {
  if (value !== undefined) person[field] = value;
}

async function placed(
  { people, present, fields, known }: Undone,
  query: MovedQuery,
  mark: ChangeMark,
  earlier?: MovedMember,
): Promise<MovedMember> {
  const past = earlier?.past ?? noPeople();
  const compare = (a: PastPlace, b: PastPlace) => comparePlaces(a.at, b.at, query.sort);
  const runs: PastPlace[][] = [];
  for (const some of chunks([...people.values()])) {
    const there = some.filter((person) => person !== null);
    for (const person of there) countPerson(past, person);
    runs.push(placesOf(there, query, fields.includes('name')).sort(compare));
    await turn();
  }
  for (const githubId of people.keys()) known.add(githubId);
  const places = await mergeSorted([...runs, earlier?.found ?? []], compare);
  return { mark, known, found: places, past, present: earlier ? null : present };
}

/** The places of the people whom the query finds. */
function placesOf(people: PlacingValues[], { filter, sort, only }: MovedQuery, byName: boolean) {
  // Filter by status first: to make the keys takes most of the time.
  const some = people.filter(
    (person) => isListed(person, filter) && (!only || only.has(person.githubId)),
  );
  const keyed = some.map((person) => keyedBy(person, byName));
  return found(keyed, filter).map((person) => ({
    githubId: person.githubId,
    at: placeOf(person, sort),
  }));
}

const NO_NAME: NameKeys = { nameKey: '', nameKey2: null, nameKey3: null, nameKeyMore: null };

/** Written without spread, for speed: there may be as many as members. */
function keyedBy(person: PlacingValues, byName: boolean) {
  const keys = byName ? nameKeys(person.name, person.login) : NO_NAME;
  return {
    id: person.id,
    githubId: person.githubId,
    status: person.status,
    outside: person.outside,
    role: person.role,
    twoFactorEnabled: person.twoFactorEnabled,
    suspended: person.suspended,
    githubType: person.githubType,
    identityLinked: person.identityLinked,
    samlNameId: person.samlNameId,
    scimUserName: person.scimUserName,
    verifiedEmails: person.verifiedEmails,
    loginKey: person.login.toLowerCase(),
    email: person.email,
    nameKey: keys.nameKey,
    nameKey2: keys.nameKey2,
    nameKey3: keys.nameKey3,
    nameKeyMore: keys.nameKeyMore,
  };
}
