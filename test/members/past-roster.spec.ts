import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { directoryBefore } from '../../src/members/past/as-of.js';
import { PastDirectories } from '../../src/members/past/past-directories.js';
import { found, inOrder } from '../../src/members/past/past-page.js';
import { type Service, ways } from '../support/service.js';
import { DAY, pagesOf, people, START, startDirectories, wanted } from './support/people.js';

const day = (days: number) => new Date(START + days * DAY);

/** What was before a change: of many kinds, and of some people nothing. */
const BEFORES: MemberChange['before'][] = [
  { login: 'Mara-before' },
  { name: '😀 Lindqvist Mar' },
  { role: 'admin' },
  { status: 'left', present: false },
  { status: 'active' },
  { twoFactorEnabled: true, name: '' },
  null,
];

/** Two of three people changed, up to three times in thirty days. */
const changes = people.flatMap((person, i) =>
  Array.from({ length: i % 3 ? (i % 3) + (i % 2) : 0 }, (_, n) => ({
    githubId: Number(person.githubId),
    login: String(person.login),
    kind: 'profile' as const,
    before: BEFORES[(i + n * 3) % BEFORES.length] ?? null,
    after: {},
    madeAt: day(1 + ((i + n * 11) % 29)),
  })),
);

const moments = fc.constantFrom(day(0), day(12), day(24), day(28), day(31));

describe.each(ways)('a directory as of a past moment, $way', ({ dialect }) => {
  let service: Service;
  let integrationId: number;
  let pruned: Date | null = day(0);

  beforeAll(async () => {
    const started = await startDirectories(dialect);
    service = started.service;
    [integrationId] = started.integrationIds;
    // In the order in which they were made.
    const made = changes.toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime());
    for (const id of started.integrationIds)
      await service.dataSource.manager.insert(
        MemberChange,
        made.map((change) => ({ ...change, integrationId: id })),
      );
    return started.end;
  });

  const asOf = (moment: Date) =>
    service.app
      .get(PastDirectories, { strict: false })
      .asOf({ integrationId, moment, prunedUntil: async () => pruned });

  /** What comes of undoing all changes since among everybody. */
  async function reference(moment: Date): Promise<Member[]> {
    const { manager } = service.dataSource;
    const all = await manager.find(MemberChange, {
      where: { integrationId },
      order: { id: 'DESC' },
    });
    const since = all.filter(({ madeAt }) => madeAt > moment);
    return directoryBefore(await manager.findBy(Member, { integrationId }), since);
  }

  it('shows whom undoing all changes since shows, page after page and back', async () => {
    await fc.assert(
      fc.asyncProperty(
        wanted,
        moments,
        fc.integer({ min: 1, max: 80 }),
        async ({ since, sort, ...query }, moment, limit) => {
          // Of the past it is not asked since when.
          const asked = { ...query, sort: sort.endsWith('since') ? ('login' as const) : sort };
          const roster = await asOf(moment);
          const expected = inOrder(found(await reference(moment), asked), asked.sort);
          const ids = expected.map(({ id }) => id);
          const pages = await pagesOf((place) => roster.page({ ...asked, limit, ...place }));
          expect(pages).toEqual({ forth: ids, back: ids });
          expect(await roster.matching(asked)).toBe(ids.length);
          const shown = [];
          for await (const { id, login, name, role, status } of roster.all(asked))
            shown.push({ id, login, name, role, status });
          expect(shown).toEqual(
            expected.map(({ id, login, name, role, status }) => ({
              id,
              login,
              name,
              role,
              status,
            })),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('counts them by status', async () => {
    for (const moment of [day(0), day(12), day(28), day(31)]) {
      const counts = { active: 0, left: 0, disabled: 0 };
      for (const { status } of await reference(moment)) counts[status]++;
      expect(await (await asOf(moment)).counts()).toEqual(counts);
    }
  });

  it('is not told on where its changes are deleted meanwhile', async () => {
    const roster = await asOf(day(12));
    await roster.counts();
    pruned = day(13);
    await expect(roster.counts()).rejects.toMatchObject({ code: 'as_of_too_early' });
    await expect(asOf(day(12))).rejects.toMatchObject({ code: 'as_of_too_early' });
    pruned = day(0);
  });

  it('is the same while people go on changing', async () => {
    const { manager } = service.dataSource;
    const roster = await asOf(day(28));
    const everybody = { statuses: ['active', 'left', 'disabled'] as Member['status'][] };
    const page = () => roster.page({ ...everybody, limit: 100 });
    const before = await page();
    const { members } = before;
    const changed = members.find(({ id }) => id % 2 === 0) ?? members[0];
    if (!changed) throw new Error('There is nobody.');
    const { githubId, login } = changed;
    await manager.insert(MemberChange, {
      ...{ integrationId, githubId, login: 'zzz', kind: 'renamed', madeAt: day(29) },
      ...{ before: { login }, after: { login: 'zzz' } },
    });
    await manager.update(Member, { integrationId, githubId }, { login: 'zzz', loginKey: 'zzz' });
    expect(await page()).toEqual(before);
  });
});
