import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import {
  type MemberFilter,
  type MemberQuery,
  type MemberSort,
  type Place,
  SORTS,
} from '../../src/members/member-query.js';
import { MembersService } from '../../src/members/members.service.js';
import { nameKeys } from '../../src/members/name-keys.js';
import { PastRoster } from '../../src/members/past-roster.js';
import { makeRun } from '../support/make-run.js';
import { type Service, startService, ways } from '../support/service.js';

const GIVEN = [
  'Mara',
  'mara',
  'Zoë',
  'Ana Lúcia',
  '100%',
  "O'Neil",
  '',
  'Ma_ra',
  'Иван',
  '李',
  'Mara\t',
];
const FAMILY = [
  'Lindqvist',
  'lind',
  'van der Berg dos Santos',
  'Mar',
  'Müller-Mara',
  '',
  '小龍',
  "de la Cruz Smith-Jones d'Arc",
];
const DAY = 86_400_000;
const START = Date.parse('2026-11-01T00:00:00.000Z');

/** People of whom many share a name, a time, a role; none of it by chance. */
const people = Array.from({ length: 210 }, (_, i): Partial<Member> => {
  const login = `${['Mara', 'ada', 'LIND', 'x'][i % 4]}-${(i * 37) % 100}-${i}`;
  const name = [GIVEN[i % GIVEN.length], FAMILY[i % FAMILY.length]].filter(Boolean).join(' ');
  const status = (['active', 'active', 'active', 'left', 'disabled'] as const)[i % 5] ?? 'active';
  return {
    ...{ githubId: 1_000 + i, nodeId: `U_${i}`, login, loginKey: login.toLowerCase() },
    ...{ name, ...nameKeys(name, login), email: '', avatarUrl: '', status },
    role: ([null, 'admin', 'member', 'member'] as const)[i % 4] ?? null,
    twoFactorEnabled: [null, true, false][i % 3] ?? null,
    present: status === 'active',
    joinedAt: new Date(START + (i % 30) * DAY),
    leftAt: status === 'left' ? new Date(START + (i % 50) * DAY) : null,
    updatedAt: new Date(START),
  };
});

const wanted = fc.record({
  statuses: fc.subarray(['active', 'left', 'disabled'] as const, { minLength: 1 }),
  search: fc.constantFrom(
    undefined,
    'm',
    'mar',
    'MARA',
    'lind',
    'ber',
    'sant',
    '100%',
    '%',
    '_',
    'lú',
    'ив',
    '小',
    'zzz',
    'smith-jones',
    'arc',
    'lind\0',
  ),
  role: fc.constantFrom(undefined, 'admin', 'member'),
  twoFactor: fc.constantFrom(undefined, true, false),
  since: fc.constantFrom(undefined, new Date(START + 20 * DAY)),
  sort: fc.constantFrom(...SORTS),
}) as fc.Arbitrary<MemberFilter & { sort: MemberSort }>;

describe.each(ways)('a page of the directory, $way', ({ dialect }) => {
  let service: Service;
  let integrationId: number;
  let members: MembersService;
  let everybody: Member[];

  beforeAll(async () => {
    const ends: (() => Promise<void>)[] = [];
    service = await startService({ dialect, consumes: false, atEnd: (end) => ends.push(end) });
    const { manager } = service.dataSource;
    integrationId = (await makeRun(service, 'complete')).integrationId;
    const other = (await makeRun(service, 'complete')).integrationId;
    for (const id of [integrationId, other])
      await manager.insert(
        Member,
        people.map((person) => ({ ...person, integrationId: id })),
      );
    members = service.app.get(MembersService, { strict: false });
    everybody = await manager.findBy(Member, { integrationId });
    return async () => {
      for (const end of ends.reverse()) await end();
    };
  });

  /** Of the past it is not asked since when. */
  const reference = ({ since, ...query }: MemberFilter & { sort: MemberSort }) =>
    new PastRoster(
      everybody.filter(({ leftAt, joinedAt }) => !since || (leftAt ?? joinedAt) >= since),
    ).all(query);

  it('shows whom a look at everybody finds, in the same order, page after page and back', async () => {
    await fc.assert(
      fc.asyncProperty(wanted, fc.integer({ min: 1, max: 80 }), async (query, limit) => {
        const expected: number[] = [];
        for await (const { id } of reference(query)) expected.push(id);
        const page = (place: Partial<MemberQuery>) =>
          members.page({ ...query, integrationId, limit, ...place });
        const forth: number[] = [];
        let last = await page({});
        for (;;) {
          forth.push(...last.members.map(({ id }) => id));
          if (!last.next) break;
          last = await page({ after: last.next });
        }
        expect(forth).toEqual(expected);
        const back = last.members.map(({ id }) => id);
        for (let before: Place | undefined = last.previous; before; ) {
          const one = await page({ before });
          back.unshift(...one.members.map(({ id }) => id));
          before = one.previous;
        }
        expect(back).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
