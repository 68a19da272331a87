import fc from 'fast-check';
import {
  type MemberFilter,
  type MemberPage,
  type MemberQuery,
  type MemberSort,
  type PagePosition,
  SORTS,
} from '../../../src/members/listing/member-query.js';
import { Member } from '../../../src/members/member.entity.js';
import { nameKeys } from '../../../src/members/writing/name-keys.js';
import { makeRun } from '../../support/make-run.js';
import type { Dialect } from '../../support/servers/databases.js';
import { startService } from '../../support/service.js';

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
  '😀',
  'ﬀ',
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
export const DAY = 86_400_000;
export const START = Date.parse('2026-11-01T00:00:00.000Z');

/** People of whom many share a name, a time, a role; none of it by chance. */
export const people = Array.from({ length: 210 }, (_, i): Partial<Member> => {
  const login = `${['Mara', 'ada', 'LIND', 'x'][i % 4]}-${(i * 37) % 100}-${i}`;
  const name = [GIVEN[i % GIVEN.length], FAMILY[i % FAMILY.length]].filter(Boolean).join(' ');
  const status = (['active', 'active', 'active', 'left', 'disabled'] as const)[i % 5] ?? 'active';
  return {
    ...{ githubId: 1_000 + i, nodeId: `U_${i}`, login, loginKey: login.toLowerCase() },
    ...{
      name,
      ...nameKeys(name, login),
      email: i % 3 ? '' : `Mara.${i}@example.com`,
      avatarUrl: '',
      status,
    },
    role: ([null, 'admin', 'member', 'member'] as const)[i % 4] ?? null,
    twoFactorEnabled: [null, true, false][i % 3] ?? null,
    identityLinked: [null, true, false][Math.floor(i / 2) % 3] ?? null,
    present: status === 'active',
    joinedAt: new Date(START + (i % 30) * DAY),
    leftAt: status === 'left' ? new Date(START + (i % 50) * DAY) : null,
    updatedAt: new Date(START),
  };
});

export const wanted = fc.record({
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
    'lucia',
    'muller',
    'mara lind',
    'lind mara',
    'dos ana 100%',
    'de smith-jones mara d',
    '@mara',
    '@',
    'mara.1',
    'MARA.1@',
    'mara.12@example.com',
    'lind mara.3@',
  ),
  role: fc.constantFrom(undefined, 'admin', 'member'),
  twoFactor: fc.constantFrom(undefined, true, false, null),
  identity: fc.constantFrom(undefined, true, false),
  since: fc.constantFrom(undefined, new Date(START + 20 * DAY)),
  sort: fc.constantFrom(...SORTS),
}) as fc.Arbitrary<MemberFilter & { sort: MemberSort }>;

/** A service with two directories of these people, for all tests of a suite; what ends it is to be called behind the last. */
export async function startDirectories(dialect: Dialect) {
  const ends: (() => Promise<void>)[] = [];
  const service = await startService({ dialect, consumes: false, atEnd: (end) => ends.push(end) });
  const integrationIds: [number, number] = [
    (await makeRun(service, 'complete')).integrationId,
    (await makeRun(service, 'complete')).integrationId,
  ];
  for (const integrationId of integrationIds)
    await service.dataSource.manager.insert(
      Member,
      people.map((person) => ({ ...person, integrationId })),
    );
  const end = async () => {
    for (const one of ends.reverse()) await one();
  };
  return { service, integrationIds, end };
}

/** The ids of all pages, one after the other, and those of all pages from the last one back. */
export async function pagesOf(
  page: (place: Pick<MemberQuery, 'after' | 'before'>) => Promise<MemberPage>,
) {
  const forth: number[] = [];
  let last = await page({});
  for (;;) {
    forth.push(...last.members.map(({ id }) => id));
    if (!last.next) break;
    last = await page({ after: last.next });
  }
  const back = last.members.map(({ id }) => id);
  for (let before: PagePosition | undefined = last.previous; before; ) {
    const one = await page({ before });
    back.unshift(...one.members.map(({ id }) => id));
    before = one.previous;
  }
  return { forth, back };
}
