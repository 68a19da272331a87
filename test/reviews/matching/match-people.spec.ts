import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, categorized } from '../../../src/reviews/matching/match-category.js';
import {
  type Account,
  MATCHED_BY,
  type MatchedBy,
  type Matching,
  matchPeople,
  type Wanted,
} from '../../../src/reviews/matching/match-people.js';

const account = (key: string, known: Partial<Account> = {}): Account => ({
  ...{ key, logins: [key], samlNameIds: [], scimUserNames: [] },
  ...{ verifiedEmails: [], publicEmails: [] },
  ...known,
});

const wanted = (id: number, email: string, more: Partial<Wanted> = {}): Wanted => ({
  ...{ id, email, githubLogin: null, chosen: null },
  ...more,
});

/** At once. */
function matched(...both: Parameters<typeof matchPeople>): Matching {
  const steps = matchPeople(...both);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const ADA = 'ada@example.com';

const rowsOf = (people: Wanted[], accounts: Account[], left: number[] = []) => [
  ...categorized(
    people.map(({ id }) => ({ id, hasLeft: left.includes(id) })),
    matched(people, accounts),
  ),
];

describe('matching', () => {
  it.each<[MatchedBy, Wanted, Partial<Account>]>([
    ['hand', wanted(1, 'x@example.com', { chosen: 'a' }), {}],
    ['login', wanted(1, 'x@example.com', { githubLogin: 'A' }), {}],
    ['saml_name_id', wanted(1, ADA), { samlNameIds: [ADA] }],
    ['scim_user_name', wanted(1, ADA), { scimUserNames: [ADA] }],
    ['verified_email', wanted(1, ADA), { verifiedEmails: ['other@example.com', ADA] }],
    ['public_email', wanted(1, ADA), { publicEmails: [ADA] }],
  ])('finds somebody by %s', (by, person, known) => {
    expect(rowsOf([person], [account('a', known), account('b')])).toEqual([
      {
        category: by === 'public_email' ? 'weak' : 'matched',
        ...{ matchedBy: by, personId: 1, account: 'a', candidates: [] },
      },
      expect.objectContaining({ category: 'not_in_list', account: 'b' }),
    ]);
  });

  it('goes by the strongest sign', () => {
    const person = wanted(1, ADA, { githubLogin: 'login', chosen: 'hand' });
    const accounts = [
      account('public', { publicEmails: [ADA] }),
      account('verified', { verifiedEmails: [ADA] }),
      account('scim', { scimUserNames: [ADA] }),
      account('login'),
      account('hand'),
    ];
    for (const by of ['hand', 'login', 'scim', 'verified', 'public']) {
      const [row] = rowsOf([person], accounts);
      expect([row?.account, row?.matchedBy]).toEqual([by, expect.stringMatching(by)]);
      accounts.splice(
        accounts.findIndex(({ key }) => key === by),
        1,
      );
    }
    expect(rowsOf([person], accounts)).toMatchObject([{ category: 'not_on_github' }]);
  });

  it('asks where two accounts may be one person, also where weaker signs tell them apart', () => {
    const accounts = [
      account('a', { samlNameIds: [ADA] }),
      account('b', { scimUserNames: [ADA], verifiedEmails: ['bob@example.com'] }),
      account('c', { publicEmails: [ADA] }),
    ];
    const people = [wanted(1, ADA), wanted(2, 'bob@example.com')];
    expect(rowsOf(people, accounts)).toMatchObject([
      { category: 'ambiguous', personId: 1, matchedBy: 'saml_name_id', candidates: ['a', 'b'] },
      { category: 'ambiguous', personId: 2, matchedBy: 'verified_email', candidates: ['b'] },
      { category: 'not_in_list', account: 'c' },
    ]);
    const chosen = [wanted(1, ADA, { chosen: 'a' }), wanted(2, 'bob@example.com')];
    expect(rowsOf(chosen, accounts)).toMatchObject([
      { category: 'matched', personId: 1, matchedBy: 'hand', account: 'a' },
      { category: 'matched', personId: 2, account: 'b' },
      { category: 'not_in_list', account: 'c' },
    ]);
  });

  it('asks where two people have the same account', () => {
    const people = [1, 2].map((id) => wanted(id, `p${id}@example.com`, { githubLogin: 'a' }));
    expect(rowsOf(people, [account('a')])).toMatchObject([
      { category: 'ambiguous', personId: 1, candidates: ['a'] },
      { category: 'ambiguous', personId: 2, candidates: ['a'] },
    ]);
  });

  it('does not go by a choice whose account is no longer there', () => {
    const person = wanted(1, ADA, { chosen: 'gone' });
    expect(rowsOf([person], [account('a', { samlNameIds: [ADA] })])).toMatchObject([
      { category: 'matched', matchedBy: 'saml_name_id', account: 'a' },
    ]);
  });

  it('tells who left the company and is on GitHub, however they were found', () => {
    const accounts = [account('a'), account('b', { publicEmails: [ADA] })];
    const people = [
      wanted(1, 'x@example.com', { githubLogin: 'a' }),
      wanted(2, ADA),
      wanted(3, 'z@example.com'),
    ];
    expect(rowsOf(people, accounts, [1, 2, 3])).toMatchObject([
      { category: 'left_company', personId: 1, matchedBy: 'login' },
      { category: 'left_company', personId: 2, matchedBy: 'public_email' },
    ]);
  });
});

const WORDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const words = fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 2 });
const maybe = fc.option(fc.constantFrom(...WORDS), { nil: null });

const accounts = fc
  .array(
    fc.record({
      ...{ logins: words, samlNameIds: words, scimUserNames: words },
      ...{ verifiedEmails: words, publicEmails: words },
    }),
    { maxLength: 6 },
  )
  .map((all) => all.map((one, i) => ({ key: WORDS[i] ?? '', ...one })));

const people = fc
  .uniqueArray(fc.record({ email: fc.constantFrom(...WORDS), githubLogin: maybe, chosen: maybe }), {
    selector: ({ email }) => email,
  })
  .map((all) => all.map((one, i) => ({ id: i + 1, ...one })));

const both = fc.record({ people, accounts });

const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();

describe('matching, whoever is there', () => {
  it('does not depend on the order', () => {
    const shuffled = both.chain((one) =>
      fc.record({
        one: fc.constant(one),
        people: fc.shuffledSubarray(one.people, { minLength: one.people.length }),
        accounts: fc.shuffledSubarray(one.accounts, { minLength: one.accounts.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ one, ...other }) => {
        expect(sorted(rowsOf(other.people, other.accounts))).toEqual(
          sorted(rowsOf(one.people, one.accounts)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('matches nobody twice, and forgets nobody', () => {
    fc.assert(
      fc.property(both, (one) => {
        const rows = rowsOf(one.people, one.accounts);
        const ids = rows.flatMap(({ personId }) => personId ?? []);
        expect(ids.sort()).toEqual(one.people.map(({ id }) => id).sort());
        const found = rows.flatMap(({ account: key }) => key ?? []);
        expect(new Set(found).size).toBe(found.length);
        const asked = rows.flatMap(({ candidates }) => candidates);
        expect(found.filter((key) => asked.includes(key))).toEqual([]);
        const all = new Set([...found, ...asked]);
        expect([...all].sort()).toEqual(one.accounts.map(({ key }) => key).sort());
        for (const { category, matchedBy, personId, account: key, candidates } of rows) {
          expect(CATEGORIES).toContain(category);
          expect([personId !== null, key !== null, candidates.length > 0]).toEqual([
            category !== 'not_in_list',
            !['ambiguous', 'not_on_github'].includes(category),
            category === 'ambiguous',
          ]);
          const isFound = !['not_in_list', 'not_on_github'].includes(category);
          expect(isFound ? MATCHED_BY.some((by) => by === matchedBy) : matchedBy === null).toBe(
            true,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never guesses: a match has one account, and the account one person, by that sign', () => {
    const textsOf = {
      hand: ({ key }: Account) => [key],
      login: ({ logins }: Account) => logins,
      saml_name_id: (one: Account) => [...one.samlNameIds, ...one.scimUserNames],
      scim_user_name: (one: Account) => [...one.samlNameIds, ...one.scimUserNames],
      verified_email: ({ verifiedEmails }: Account) => verifiedEmails,
      public_email: ({ publicEmails }: Account) => publicEmails,
    };
    const textOf = (person: Wanted, by: keyof typeof textsOf) =>
      by === 'hand' ? person.chosen : by === 'login' ? person.githubLogin : person.email;
    fc.assert(
      fc.property(both, (one) => {
        const rows = rowsOf(one.people, one.accounts);
        const rank = (by: keyof typeof textsOf) =>
          MATCHED_BY.indexOf(by === 'scim_user_name' ? 'saml_name_id' : by);
        for (const { matchedBy: by, personId, account: key } of rows) {
          if (by === null || key === null) continue;
          const [person] = one.people.filter(({ id }) => id === personId);
          const before = (other: (typeof rows)[number]) =>
            other.matchedBy !== null && rank(other.matchedBy) < rank(by);
          const free = one.accounts.filter(
            (other) => !rows.some((row) => row.account === other.key && before(row)),
          );
          const text = person && textOf(person, by);
          const fits = free.filter((other) => textsOf[by](other).includes(text ?? ''));
          expect(fits.map((other) => other.key)).toEqual([key]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
