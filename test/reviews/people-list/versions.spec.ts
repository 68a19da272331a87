import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../../src/accounts/audit/audit-entry.entity.js';
import { TeamsService } from '../../../src/accounts/users/teams.service.js';
import { TeamDeletion } from '../../../src/integrations/team-deletion/team-deletion.js';
import { currentPeople } from '../../../src/reviews/people-list/current-people.js';
import { ListPerson } from '../../../src/reviews/people-list/list-person.entity.js';
import { ListRow } from '../../../src/reviews/people-list/list-row.entity.js';
import type { ListedPerson } from '../../../src/reviews/people-list/listed-person.js';
import { PeopleListVersion } from '../../../src/reviews/people-list/people-list-version.entity.js';
import { PeopleListsService } from '../../../src/reviews/people-list/people-lists.service.js';
import { startService, ways } from '../../support/service.js';
import { listed } from '../support/listed.js';

const [ADA, BOB, CY] = ['ada', 'bob', 'cy'].map((name) => listed({ email: `${name}@example.com` }));

describe.each(ways)('versions of a people list, $way', (way) => {
  async function start() {
    const { app, dataSource } = await startService(way);
    const lists = app.get(PeopleListsService, { strict: false });
    const teams = app.get(TeamsService, { strict: false });
    const { id: teamId } = await teams.findOrCreate('blue');
    const take = (...people: (ListedPerson | undefined)[]) =>
      lists.import({
        ...{ teamId, source: 'api' },
        people: people.flatMap((person) => person ?? []),
      });
    const present = async (team = teamId) =>
      (await currentPeople(dataSource.manager, team))
        .map(({ rowId, personId, ...person }) => person)
        .sort((one, other) => (one.email < other.email ? -1 : 1));
    return { app, dataSource, manager: dataSource.manager, lists, teams, teamId, take, present };
  }

  it('tell what each changed, and the newest one is current', async () => {
    const { manager, lists, teams, teamId, take, present } = await start();
    expect(await take(BOB, ADA)).toMatchObject({
      isNew: true,
      version: {
        ...{ number: 1, people: 2, added: 2, changed: 0, removed: 0 },
        ...{ source: 'api', madeBy: 'rollcall', createdAt: expect.any(Date) },
      },
    });
    const left = listed({ ...ADA, name: 'Zoë 🦄', status: 'left', endDate: '2026-03-31' });
    const counts = { number: 2, people: 2, added: 1, changed: 1, removed: 1 };
    expect(await take(left, CY)).toMatchObject({ version: counts });
    expect(await present()).toEqual([left, CY]);
    expect((await lists.versions(teamId)).map(({ number }) => number)).toEqual([2, 1]);

    const other = await teams.findOrCreate('red');
    expect(await lists.versions(other.id)).toEqual([]);
    expect(await present(other.id)).toEqual([]);
    const entries = await manager.findBy(AuditEntry, { teamId, action: 'people_list.import' });
    expect(entries.map(({ subject, after }) => ({ subject, after }))).toEqual([
      {
        subject: 'version 1',
        after: { version: 1, people: 2, added: 2, changed: 0, removed: 0 },
      },
      {
        subject: 'version 2',
        after: { version: 2, people: 2, added: 1, changed: 1, removed: 1 },
      },
    ]);
  });

  it('are not made by the same list in another order', async () => {
    const { manager, take } = await start();
    await take(ADA, BOB);
    expect(await take(BOB, ADA)).toMatchObject({ isNew: false, version: { number: 1 } });
    expect(await manager.countBy(AuditEntry, { action: 'people_list.import' })).toBe(1);
  });

  it('keep who somebody is, also when they were away', async () => {
    const { manager, teamId, take } = await start();
    await take(ADA, BOB);
    const { id } = await manager.findOneByOrFail(ListPerson, { teamId, email: ADA?.email ?? '' });
    await take(BOB);
    await take(ADA);
    const [ada] = await currentPeople(manager, teamId);
    expect(ada).toMatchObject({ personId: id, email: 'ada@example.com' });
  });

  it('are kept for the last twenty lists', async () => {
    const { manager, lists, teamId, take, present } = await start();
    await take(ADA, CY);
    for (let i = 2; i <= 22; i++) await take(ADA, listed({ ...BOB, name: `Bob ${i}` }));
    const numbers = (await lists.versions(teamId)).map(({ number }) => number);
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([20, 22, 3]);
    const people = await manager.findBy(ListPerson, { teamId });
    expect(people.map(({ email }) => email)).toEqual(['ada@example.com', 'bob@example.com']);
    const rows = await manager.findBy(ListRow, { teamId });
    expect(rows).toHaveLength(21);
    expect(await present()).toMatchObject([{ email: ADA?.email }, { name: 'Bob 22' }]);
  });

  it('are counted one after the other where two lists come at once', async () => {
    const { lists, teamId, take, present } = await start();
    await Promise.all([take(ADA), take(BOB), take(CY)]);
    const numbers = (await lists.versions(teamId)).map(({ number }) => number);
    expect(numbers).toEqual([3, 2, 1]);
    expect(await present()).toHaveLength(1);
  });

  it('go with their team', async () => {
    const { app, manager, teamId, take } = await start();
    await take(ADA, BOB);
    await app.get(TeamDeletion, { strict: false }).delete(teamId);
    for (const entity of [PeopleListVersion, ListPerson, ListRow])
      expect(await manager.count(entity)).toBe(0);
    await expect(take(ADA)).rejects.toMatchObject({ code: 'team_not_found' });
  });
});
