import { expect, it } from 'vitest';
import { ChangeReversal } from '../../src/members/changes/change-reversal.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { DirectoryUpdates } from '../../src/members/directory/directory-updates.js';
import { startWithTeams } from '../support/github-teams.js';
import { ways } from '../support/service.js';

it.each(ways)(
  'has people in their GitHub teams again when a run is taken back, $way',
  async (way) => {
    const { teams, people, sync, places, service, integration } = await startWithTeams(4, way);
    const [ada, bob, cy] = people as [never, never, never];
    const [platform, web, gone] = ['Platform', 'Web', 'Gone'].map((name) => teams.create(name));
    for (const team of [platform, web, gone]) teams.add(team as never, ada);
    teams.add(platform as never, bob, 'maintainer');
    teams.add(web as never, cy);
    await sync();
    const before = await places();
    teams.delete(gone as never);
    // What the part itself read stays.
    teams.remove(web as never, cy);
    const { id } = await sync();
    const stays = before.filter((place) => place !== `${web?.id} ${people[2]?.id} member`);
    const standing = stays.filter((place) => !place.startsWith(`${gone?.id} `));
    expect(await places()).toEqual(standing);

    const { manager } = service.dataSource;
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    const run = { integrationId: integration.id, runId: id, at: new Date() };
    const leavers = people.slice(0, 2).map(({ id: githubId }) => githubId);
    await manager.transaction((tx) => get(DirectoryUpdates).removeAll(tx, run, leavers));
    expect(await places()).toEqual([]);
    const key = { id, integrationId: integration.id };
    await manager.transaction((tx) => get(ChangeReversal).reverseSome(tx, key));
    expect(await places()).toEqual(standing);
    const left = await manager.findBy(MemberChange, { runId: id });
    expect(left.map(({ kind }) => kind).toSorted()).toEqual([
      'team_deleted',
      'team_left',
      'team_left',
    ]);
  },
);
