import { expect, it } from 'vitest';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { GithubTeamMember } from '../../src/members/github-teams/github-team-member.entity.js';
import type { SimTeam } from '../../src/simulator/team.js';
import { ways } from '../support/service.js';
import { startHinted } from './support/hinted.js';

const hintOf = ({ id, nodeId }: SimTeam) => ({ githubTeamId: id, nodeId });

it.each(ways)('removals from teams that hints tell count together, $way', async (way) => {
  const { organization, others, manager, get, hintAt, next, sync } = await startHinted(14, way);
  const { teams } = organization;
  const [web, api] = [teams.create('Web'), teams.create('API')];
  for (const team of [web, api]) for (const user of others) teams.add(team, user);
  let last = await sync();
  const told = async (...named: SimTeam[]) => {
    await hintAt(...named.map(hintOf));
    last = await next(last);
    return last;
  };
  const leave = (team: SimTeam, from: number, to: number) => {
    for (const user of others.slice(from, to)) teams.remove(team, user);
  };
  const open = () => manager.find(GithubTeamMember).then((all) => all.filter((one) => !one.leftAt));
  const heldBy = async ({ id }: MemberSyncRun) =>
    (await manager.findOneByOrFail(MemberSyncRun, { id })).result?.parts?.teams?.held;

  leave(web, 0, 4);
  expect((await told(web)).changeCounts).toEqual({ team_left: 4 });
  const [leaver] = others.slice(12) as [never];
  organization.leave(leaver);
  await hintAt({ githubId: (leaver as { id: number }).id }, hintOf(web), hintOf(api));
  last = await next(last);
  expect(last.changeCounts, 'who leaves counts as a member').toEqual({ left: 1, team_left: 2 });
  leave(api, 0, 4);
  const holding = await told(api);
  expect(holding.changeCounts, 'eight of 24 in an hour').toEqual({});
  expect(await heldBy(holding)).toBe(4);

  // What waits is not held twice. Who is in the team again is not removed by an approval.
  teams.add(api, others[0] as never);
  const back = await told(api);
  expect([back.changeCounts, await heldBy(back)]).toEqual([{}, undefined]);
  expect(await heldBy(holding)).toBe(3);
  teams.delete(api);
  const second = await told(api);
  expect(second.result?.parts?.teams).toMatchObject({ held: 1, removed: 0 });
  const removals = get(HeldRemovals);
  expect(await removals.ofTeams(second)).toMatchObject([{ teamName: 'API', memberships: 12 }]);
  expect((await removals.decide(holding.id, 'approve', 'ada')).changeCounts).toEqual({
    team_left: 3,
  });
  expect((await removals.decide(second.id, 'approve', 'ada')).changeCounts).toEqual({
    ...{ team_left: 9, team_deleted: 1 },
  });
  expect(await open()).toHaveLength(8);
  expect(await manager.findOneBy(GithubTeam, { slug: 'api' })).toMatchObject({
    leftAt: expect.any(Date),
  });
  expect((await sync()).changeCounts).toEqual({});
});
