import { describe, expect, it } from 'vitest';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { RunRetention } from '../../src/integrations/runs/run-retention.js';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { GithubTeamMember } from '../../src/members/github-teams/github-team-member.entity.js';
import { GithubTeams } from '../../src/members/github-teams/github-teams.js';
import { startWithTeams } from '../support/github-teams.js';
import { ways } from '../support/service.js';

const DAY_MS = 86_400_000;

describe.each(ways)('GitHub teams that a run changed, $way', (way) => {
  async function start() {
    const known = await startWithTeams(8, way);
    const undo = known.service.app.get(RunUndo, { strict: false });
    const { teams, people } = known;
    const [ada, bob, cy, dan, eve] = people as [never, never, never, never, never];
    const platform = teams.create('Platform');
    const api = teams.create('API', { parent: platform });
    const web = teams.create('Web');
    teams.add(platform, ada, 'maintainer');
    teams.add(platform, dan);
    teams.add(api, bob);
    teams.add(web, cy);
    await known.sync();
    return { ...known, ...{ undo, platform, api, web, ada, bob, cy, dan, eve } };
  }

  it('are as before once it is undone; what is new stays', async () => {
    const one = await start();
    const { service, integration, teams, sync, undo, slugs, places, atGithub } = one;
    const { platform, api, web, ada, cy, dan, eve } = one;
    teams.remove(web, cy);
    await sync();
    const before = await places();
    teams.delete(api);
    teams.rename(platform, 'Core');
    teams.move(web, platform);
    teams.add(platform, ada, 'member');
    teams.remove(platform, dan);
    teams.add(web, cy);
    const next = teams.create('Next');
    for (const team of [platform, next]) teams.add(team, eve);
    const run = await sync();
    const since = await service.dataSource.manager.findOneByOrFail(GithubTeam, { slug: 'api' });
    const moment = new Date();
    const nobody = {
      ...{ back: 0, gone: 0, invited: 0 },
      ...{ collaboratorsBack: 0, collaboratorsGone: 0 },
    };
    expect(await undo.effect(run)).toEqual({ ...nobody, githubTeams: 3, places: 4 });
    const undone = await undo.undo(run, 'ada@example.com');
    expect(undone.changeCounts).toEqual({
      ...{ team_created: 1, team_renamed: 1, team_moved: 1 },
      ...{ team_joined: 2, team_left: 1, team_role: 1 },
    });
    expect(await slugs()).toEqual(['platform', 'api', 'web', 'next']);
    const news = [platform, next].map(({ id }) => `${id} ${(eve as { id: number }).id} member`);
    expect(await places()).toEqual([...before, ...news].toSorted());
    const found = service.app.get(GithubTeams, { strict: false });
    const { teams: now, tree } = await found.of({ integrationId: integration.id });
    const parents = now.map((team) => [team.slug, tree.parentOf(team)?.slug]);
    expect(parents).toEqual([
      ...[
        ['api', 'platform'],
        ['next', undefined],
      ],
      ...[
        ['platform', undefined],
        ['web', undefined],
      ],
    ]);
    expect(now[0]?.since).toEqual(since.since);
    const { teams: then } = await found.of({ integrationId: integration.id, asOf: moment });
    expect(then.map(({ slug }) => slug)).toEqual(['core', 'next', 'web']);
    await expect(undo.undo(run, 'ada@example.com')).rejects.toThrow('Nothing of this run');

    // What came back goes again.
    expect(await undo.effect(undone)).toEqual({ ...nobody, githubTeams: 3, places: 4 });
    await undo.undo(undone, 'ada@example.com');
    expect(await slugs()).toEqual(['core', 'web', 'next']);
    expect(await places()).toEqual(atGithub());
    expect((await sync()).changeCounts).toEqual({});
  });

  it('stay where a later run changed them, and lose who leaves the organization', async () => {
    const one = await start();
    const { organization, teams, sync, undo, places, atGithub } = one;
    const { platform, api, web, ada, bob } = one;
    teams.delete(web);
    teams.rename(platform, 'Core');
    teams.remove(platform, ada);
    const run = await sync();
    teams.rename(platform, 'Base');
    teams.add(platform, ada);
    teams.remove(api, bob);
    await sync();
    expect(await undo.effect(run)).toMatchObject({ githubTeams: 1, places: 1 });
    await undo.undo(run, 'ada@example.com');
    expect((await sync()).changeCounts).toEqual({ team_deleted: 1, team_left: 1 });
    expect(await places()).toEqual(atGithub());

    const known = await places();
    organization.leave(ada);
    const left = await sync();
    expect(await undo.effect(left)).toMatchObject({ back: 1, githubTeams: 0, places: 1 });
    const undone = await undo.undo(left, 'ada@example.com');
    expect(undone.changeCounts).toEqual({ returned: 1, team_joined: 1 });
    expect(await places()).toEqual(known);
    expect(await undo.effect(undone)).toMatchObject({ gone: 1, githubTeams: 0, places: 1 });
    await undo.undo(undone, 'ada@example.com');
    expect(await places()).toEqual(atGithub());
  });

  it('are forgotten with the changes that ended them', async () => {
    const { service, teams, sync, slugs, places, platform, web, ada, dan } = await start();
    const { manager } = service.dataSource;
    const rows = async () => [
      await manager.count(GithubTeam),
      await manager.count(GithubTeamMember),
    ];
    teams.delete(web);
    teams.remove(platform, dan);
    teams.add(platform, ada, 'member');
    await sync();
    const known = [await slugs(), await places()];
    const retention = service.app.get(RunRetention, { strict: false });
    await retention.prune(new Date());
    expect(await rows()).toEqual([3, 4]);
    await retention.prune(new Date(Date.now() + 1_000 * DAY_MS));
    expect(await rows()).toEqual([2, 2]);
    expect([await slugs(), await places()]).toEqual(known);
    expect((await sync()).changeCounts).toEqual({});
  });
});
