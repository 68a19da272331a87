import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  diff,
  missing,
  type ObservedMember,
  type Person,
  type StoredMember,
} from '../../src/members/writing/diff.js';

const observed = fc.record({
  githubId: fc.integer({ min: 1, max: 30 }),
  nodeId: fc.constant('U_1'),
  login: fc.constantFrom('ada', 'Ada', 'bob', 'grace', 'octocat_acme'),
  avatarUrl: fc.constantFrom('a', 'b'),
  role: fc.constantFrom('admin', 'member', null),
  twoFactorEnabled: fc.constantFrom(true, false, null, undefined),
  name: fc.constantFrom('', ' Ada', 'Ada', '李', '<b>', undefined),
  email: fc.constantFrom('', 'ada@example.com', undefined),
  suspended: fc.constantFrom(true, false, null, undefined),
  githubType: fc.constantFrom('User', 'Bot', undefined),
}) as fc.Arbitrary<ObservedMember>;

const people = fc.uniqueArray(observed, { selector: ({ githubId }) => githubId });

const directory = fc.uniqueArray(
  fc.record({ person: observed, present: fc.boolean() }).map(
    ({ person, present }): StoredMember => ({
      ...person,
      name: person.name ?? '',
      email: person.email ?? '',
      twoFactorEnabled: person.twoFactorEnabled ?? null,
      suspended: person.suspended ?? null,
      githubType: person.githubType ?? null,
      present,
      outside: null,
      status: present ? 'active' : 'left',
    }),
  ),
  { selector: ({ githubId }) => githubId },
);

/** What the directory holds after the difference was applied. */
function applied(known: StoredMember[], list: ObservedMember[]): StoredMember[] {
  const { created, updated, learnt } = diff(known, list);
  const standing = { present: true, outside: null, status: 'active' } as const;
  const next = new Map(known.map((person) => [person.githubId, person]));
  for (const person of created) next.set(person.githubId, { ...person, ...standing });
  for (const { after } of [...updated, ...learnt])
    next.set(after.githubId, { ...after, ...standing });
  return [...next.values()];
}

const person = (githubId: number, login: string, rest: Partial<Person> = {}): StoredMember => ({
  githubId,
  nodeId: `U_${githubId}`,
  login,
  avatarUrl: '',
  suspended: null,
  githubType: 'User',
  role: 'member',
  twoFactorEnabled: null,
  name: '',
  email: '',
  ...rest,
  present: true,
  outside: null,
  status: 'active',
});

describe('the difference between the directory and what GitHub shows', () => {
  it('is nothing when it is applied a second time', () => {
    fc.assert(
      fc.property(directory, people, (known, list) => {
        const second = diff(applied(known, list), list);
        expect(second.created).toEqual([]);
        expect([...second.updated, ...second.learnt]).toEqual([]);
        expect(second.unchanged).toHaveLength(list.length);
      }),
    );
  });

  it('counts everybody observed exactly once', () => {
    fc.assert(
      fc.property(directory, fc.array(observed), (known, list) => {
        const { created, updated, learnt, unchanged } = diff(known, list);
        const distinct = new Set(list.map(({ githubId }) => githubId)).size;
        expect([...created, ...updated, ...learnt, ...unchanged]).toHaveLength(distinct);
      }),
    );
  });

  it('does not depend on the order of the pages', () => {
    const shuffled = people.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(directory, shuffled, (known, [list, other]) => {
        const byId = (a: StoredMember, b: StoredMember) => a.githubId - b.githubId;
        expect(applied(known, other).sort(byId)).toEqual(applied(known, list).sort(byId));
      }),
    );
  });

  it('misses exactly those who are present and were not seen', () => {
    fc.assert(
      fc.property(directory, people, (known, list) => {
        const seen = new Set(list.map(({ githubId }) => githubId));
        const gone = missing(known, seen);
        const rest = known.filter((one) => !gone.includes(one));
        expect(gone.every(({ githubId, present }) => present && !seen.has(githubId))).toBe(true);
        expect(rest.every(({ githubId, present }) => !present || seen.has(githubId))).toBe(true);
      }),
    );
  });

  it('goes by the id when two people swap their logins', () => {
    const { created, updated } = diff(
      [person(1, 'ada'), person(2, 'bob')],
      [person(1, 'bob'), person(2, 'ada')],
    );
    expect(created).toEqual([]);
    expect(updated.map(({ before, after }) => [before.githubId, after.login])).toEqual([
      [1, 'bob'],
      [2, 'ada'],
    ]);
  });

  it('goes by the id when a newcomer takes a freed login over', () => {
    const { created, updated } = diff([person(1, 'ada')], [person(1, 'ada-l'), person(2, 'ada')]);
    expect(created.map(({ githubId, login }) => [githubId, login])).toEqual([[2, 'ada']]);
    expect(updated.map(({ after }) => after.login)).toEqual(['ada-l']);
  });

  it('sees a login that changed its case only', () => {
    expect(diff([person(1, 'ada')], [person(1, 'Ada')]).updated).toHaveLength(1);
  });

  it('keeps the last known profile of somebody who has none now', () => {
    const known = person(1, 'ada', { name: 'Ada', email: 'ada@example.com', avatarUrl: 'x' });
    const { name: _, email: __, ...without } = { ...known, avatarUrl: 'from the list' };
    expect(diff([known], [without]).unchanged).toEqual([known]);
  });

  it('keeps a suspension that is not told, and clears one that is over', () => {
    const known = person(1, 'ada', { suspended: true });
    const seen = (suspended: boolean | null | undefined) =>
      diff([known], [{ ...known, suspended } as ObservedMember]).updated[0]?.after.suspended;
    expect([undefined, true, false, null].map(seen)).toEqual([undefined, undefined, false, null]);
  });

  it('takes a name as it is, byte for byte', () => {
    const known = person(1, 'ada', { name: 'Ada' });
    expect(diff([known], [person(1, 'ada', { name: 'Ada ' })]).updated[0]?.after.name).toBe('Ada ');
    const decomposed = person(1, 'ada', { name: 'e\u0301' });
    expect(diff([person(1, 'ada', { name: '\u00e9' })], [decomposed]).updated).toHaveLength(1);
  });

  it('welcomes back somebody who left, as the same member', () => {
    const left: StoredMember = { ...person(1, 'ada'), present: false, status: 'left' };
    const { created, updated } = diff([left], [person(1, 'ada')]);
    expect(created).toEqual([]);
    expect(updated).toMatchObject([{ before: { githubId: 1 }, returns: true }]);
  });
});
