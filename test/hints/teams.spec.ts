import { describe, expect, it } from 'vitest';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { GithubTeamMember } from '../../src/members/github-teams/github-team-member.entity.js';
import type { SimTeam } from '../../src/simulator/team.js';
import { ways } from '../support/service.js';
import { startHinted } from './support/hinted.js';

const hintOf = ({ id, nodeId }: SimTeam) => ({ githubTeamId: id, nodeId });

describe.each(ways)('hints about teams, $way', (way) => {
  async function start() {
    const hinted = await startHinted(4, way);
    const { organization, manager, sync } = hinted;
    const { teams } = organization;
    const [web, api, other] = [teams.create('Web'), teams.create('API'), teams.create('Other')];
    await sync();
    const slugs = async () =>
      (await manager.find(GithubTeam, { order: { githubId: 'ASC' } }))
        .filter(({ leftAt }) => !leftAt)
        .map(({ slug }) => slug);
    const places = async () =>
      (await manager.find(GithubTeamMember)).filter(({ leftAt }) => !leftAt);
    return { ...hinted, teams, web, api, other, slugs, places };
  }

  it('look at these teams alone, and at people who join with them', async () => {
    const { world, organization, teams, web, api, other, hintAt, next, slugs, places, simulator } =
      await start();
    const last = await next();
    const user = world.addUser();
    organization.join(user);
    teams.add(web, user, 'maintainer');
    teams.delete(api);
    teams.rename(other, 'Elsewhere');
    const fresh = teams.create('Fresh', { parent: web });
    simulator.requests.reset();
    await hintAt(hintOf(web), hintOf(api), hintOf(fresh), { githubId: user.id });
    const run = await next(last);
    expect(run.changeCounts).toEqual({
      ...{ joined: 1, team_joined: 1, team_created: 1, team_deleted: 1 },
    });
    expect(run.result).toMatchObject({
      ...{ created: 1, total: 1 },
      parts: { teams: { state: 'complete', added: 1, changed: 1, removed: 1, total: 3 } },
    });
    expect(await places()).toMatchObject([{ githubId: user.id, role: 'maintainer' }]);
    // The renamed team was not named.
    expect(await slugs()).toEqual(['web', 'other', 'fresh']);
  });

  it('with wrong node ids remove no team', async () => {
    const { web, api, hintAt, next, slugs } = await start();
    const last = await next();
    await hintAt(
      { githubTeamId: web.id, nodeId: api.nodeId },
      { githubTeamId: api.id, nodeId: 'T_unknown' },
      { githubTeamId: 4_711 },
    );
    const run = await next(last);
    expect(run).toMatchObject({ state: 'complete', changeCounts: {} });
    expect(run.result?.parts).toMatchObject({ teams: { removed: 0, total: 3 } });
    expect(await slugs()).toEqual(['web', 'api', 'other']);
  });

  it('end with the membership of somebody who leaves the organization', async () => {
    const { organization, teams, web, api, others, hint, next, places, sync } = await start();
    const [person] = others;
    if (!person) throw new Error('There is nobody.');
    await next();
    for (const team of [web, api]) teams.add(team, person);
    const last = await sync();
    organization.leave(person);
    await hint(person);
    const run = await next(last);
    expect(run.changeCounts).toEqual({ left: 1, team_left: 2 });
    expect(await places()).toEqual([]);
    expect((await sync()).changeCounts).toEqual({});
  });
});
