import { expect, it } from 'vitest';
import { Comparison } from '../../../src/reviews/matching/comparison.entity.js';
import { MatchComparisons } from '../../../src/reviews/matching/match-comparisons.js';
import { MatchesService } from '../../../src/reviews/matching/matches.service.js';
import { PeopleListsService } from '../../../src/reviews/people-list/people-lists.service.js';
import { startService, ways } from '../../support/service.js';
import { listed } from '../support/listed.js';

async function start(options: object) {
  const { app, dataSource } = await startService(options);
  const lists = app.get(PeopleListsService, { strict: false });
  const send = (...emails: string[]) =>
    lists.import({ teamId: 1, source: 'api', people: emails.map((email) => listed({ email })) });
  return { dataSource, send, matches: app.get(MatchesService, { strict: false }), app };
}

it('a page that would wait for a comparison shows the one before, and says so', async () => {
  const { dataSource, send, matches } = await start({ dialect: 'mysql' });
  await send('ada@example.com');
  expect(await matches.recentCounts(1)).toMatchObject({
    ...{ isCurrent: true, counts: { not_on_github: 1 } },
  });
  await send('ada@example.com', 'bob@example.com');
  await dataSource.transaction(async (manager) => {
    const lock = manager.createQueryBuilder(Comparison, 'comparison').where({ teamId: 1 });
    await lock.setLock('pessimistic_write').getOneOrFail();
    expect(await matches.recentCounts(1)).toMatchObject({
      ...{ isCurrent: false, counts: { not_on_github: 1 } },
    });
  });
  expect((await matches.counts(1)).not_on_github).toBe(2);
  expect(await matches.recentCounts(1)).toMatchObject({
    ...{ isCurrent: true, counts: { not_on_github: 2 } },
  });
});

it.each(ways)('is made once for many who ask at once, $way', async (way) => {
  const { dataSource, send, matches, app } = await start(way);
  await send('ada@example.com', 'bob@example.com');
  const all = await Promise.all(Array.from({ length: 8 }, () => matches.counts(1)));
  expect(all.map(({ not_on_github }) => not_on_github)).toEqual(Array(8).fill(2));
  const comparisons = app.get(MatchComparisons, { strict: false });
  const before = await dataSource.manager.findOneByOrFail(Comparison, { teamId: 1 });
  await comparisons.current(1);
  const after = await dataSource.manager.findOneByOrFail(Comparison, { teamId: 1 });
  expect(after).toEqual(before);
});
