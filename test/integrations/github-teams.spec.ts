import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { graphqlField } from '../../src/simulator/faults.js';
import { startWithTeams } from '../support/github-teams.js';
import { connect } from '../support/runs.js';
import { ways } from '../support/service.js';
import { listenTo } from '../support/statements.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

describe.each(ways)('GitHub teams in the directory, $way', (way) => {
  const start = (members: number) => startWithTeams(members, way);

  it('follow GitHub by their ids, and nothing is written where nothing changed', async () => {
    const {
      teams,
      owner,
      people,
      sync,
      part,
      slugs,
      places,
      atGithub,
      changes,
      organization,
      service,
    } = await start(6);
    const [ada, bob, cy] = people as [never, never, never];
    const platform = teams.create('Platform');
    const api = teams.create('API', { parent: platform });
    const web = teams.create('Web', { privacy: 'secret' });
    teams.add(platform, ada, 'maintainer');
    teams.add(platform, owner);
    teams.add(api, bob);
    teams.add(web, cy);
    const first = await sync();
    expect(first.result?.parts?.teams).toEqual({
      ...{ state: 'complete', added: 3, changed: 0, removed: 0, total: 3 },
    });
    expect(first.changeCounts).toMatchObject({ team_created: 3, team_joined: 4 });
    expect(await places()).toEqual(atGithub());
    const adas = people[0]?.login;
    expect(await changes(first.id)).toEqual(
      expect.arrayContaining([
        {
          ...{ kind: 'team_created', login: 'api', before: null },
          after: {
            ...{ slug: 'api', name: 'API', privacy: 'closed' },
            ...{ parentGithubId: platform.id, parentTeam: 'platform' },
          },
        },
        {
          ...{ kind: 'team_joined', login: adas, before: { githubTeamRole: '' } },
          after: { githubTeamRole: 'maintainer', githubTeam: 'platform' },
        },
      ]),
    );

    const said = listenTo(service.dataSource);
    const same = await sync();
    expect(same.changeCounts).toEqual({});
    expect(said.filter((sql) => /^(INSERT|UPDATE|DELETE).*github_team/i.test(sql))).toEqual([]);

    // The two swap their names, and with them their slugs.
    teams.rename(api, 'Other');
    teams.rename(web, 'API');
    teams.rename(api, 'Web');
    teams.setPrivacy(web, 'closed');
    teams.move(web, platform);
    teams.add(platform, ada, 'member');
    teams.remove(api, bob);
    teams.add(api, cy);
    const next = teams.create('Next', { parent: web });
    const second = await sync();
    expect(second.changeCounts).toEqual({
      ...{ team_renamed: 2, team_moved: 1, team_created: 1 },
      ...{ team_joined: 1, team_left: 1, team_role: 1 },
    });
    expect(await slugs()).toEqual(['platform', 'web', 'api', 'next']);
    expect(await places()).toEqual(atGithub());
    expect(await changes(second.id)).toContainEqual({
      ...{ kind: 'team_moved', login: 'api' },
      before: { parentGithubId: null, parentTeam: '' },
      after: { parentGithubId: platform.id, parentTeam: 'platform' },
    });

    teams.delete(next);
    organization.leave(cy);
    const third = await sync();
    expect(third.changeCounts).toEqual({ left: 1, team_left: 2, team_deleted: 1 });
    expect(await part()).toMatchObject({ state: 'complete', changed: 0, removed: 1, total: 3 });
    expect(await places()).toEqual(atGithub());
  });

  it('stay as they are known where GitHub does not show them', async () => {
    const { teams, people, sync, part, slugs, places, simulator, world, service } = await start(4);
    const secret = teams.create('Secret', { privacy: 'secret' });
    const open = teams.create('Open');
    for (const user of people) teams.add(secret, user);
    teams.add(open, people[0] as never);
    await sync();
    const [known, knownSlugs] = [await places(), await slugs()];
    const { asOf } = await part();

    const fault = simulator.faults.on(graphqlField('teams'), ALWAYS).status(403);
    expect((await sync()).state).toBe('complete');
    expect(await part()).toMatchObject({
      state: expect.stringMatching(/failed|not_visible/),
      asOf,
    });
    expect(await places()).toEqual(known);
    fault.remove();

    // Nothing tells a plain member a secret team from a deleted one.
    const [user] = people as [never];
    await connect(service, world.addToken({ token: 'ghp_OfAMember', user }).token);
    teams.add(open, people[1] as never);
    teams.remove(secret, user as never);
    expect((await sync()).changeCounts).toMatchObject({ team_joined: 1 });
    expect(await part()).toMatchObject({
      ...{ state: 'incomplete', removed: 0, total: 1 },
      needs: expect.stringMatching(/owners.*1 known team/),
    });
    expect(await slugs()).toEqual(knownSlugs);
    expect(await places()).toEqual(expect.arrayContaining(known));
  });

  it('are held where too many seem to be gone, other than with people who leave', async () => {
    const { teams, people, organization, sync, part, places, slugs, service, integration } =
      await start(14);
    const all = Array.from({ length: 4 }, (_, n) => teams.create(`Team ${n}`));
    for (const team of all) for (const user of people) teams.add(team, user);
    await sync();
    const known = await places();
    for (const user of people) teams.remove(all[0] as never, user);
    teams.rename(all[1] as never, 'Renamed');
    const holding = await sync();
    expect(holding.changeCounts).toEqual({ team_renamed: 1 });
    expect(holding.result).toMatchObject({ held: 0, parts: { teams: { held: 13 } } });
    expect(await part()).toMatchObject({ state: 'complete', needs: null });
    expect(await places()).toEqual(known);
    const holdAbove = (holdAbovePeople: number) =>
      service.dataSource.manager.update(GithubIntegration, integration.id, { holdAbovePeople });
    await holdAbove(20);
    expect((await sync()).changeCounts).toEqual({ team_left: 13 });
    expect(await part()).toMatchObject({ state: 'complete', needs: null });
    expect(await slugs()).toHaveLength(4);

    await holdAbove(5);
    const leave = (from: number, to: number) => {
      for (const user of people.slice(from, to)) organization.leave(user);
    };
    leave(0, 4);
    expect((await sync()).changeCounts).toEqual({ left: 4, team_left: 12 });
    expect(await part()).toMatchObject({ state: 'complete', needs: null });

    // Their removals are held, and with them their places in the teams that exist.
    leave(4, 11);
    teams.delete(all[3] as never);
    const before = await places();
    expect((await sync()).changeCounts).toEqual({ team_deleted: 1, team_left: 9 });
    expect(await part()).toMatchObject({ state: 'complete', needs: null });
    const deleted = `${all[3]?.id} `;
    expect(await places()).toEqual(before.filter((place) => !place.startsWith(deleted)));
  });
});
