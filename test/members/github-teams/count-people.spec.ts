import { describe, expect, it } from 'vitest';
import { GithubTeam } from '../../../src/members/github-teams/github-team.entity.js';
import { GithubTeamMember } from '../../../src/members/github-teams/github-team-member.entity.js';
import { GithubTeams, type TeamsThen } from '../../../src/members/github-teams/github-teams.js';
import type { PresentedGithubTeam } from '../../../src/members/github-teams/present-github-team.js';
import type { StoredTeam } from '../../../src/members/github-teams/team-diff.js';
import { chunks } from '../../../src/members/writing/bulk.js';
import { insertRows } from '../../../src/platform/database/insert-rows.js';
import { startConnected } from '../../support/runs.js';
import { ways } from '../../support/service.js';
import { listenTo } from '../../support/statements.js';

const TEAMS = 1_100;
const LARGEST = 24;

describe.each(ways)('the people in teams, $way', (way) => {
  it('are counted once in each team above, with few statements for all teams', async () => {
    const { service, integration } = await startConnected(1, way);
    const { dataSource } = service;
    const { manager } = dataSource;
    const { id: integrationId } = integration;
    const since = new Date(Date.now() - 60_000);
    const rows = Array.from({ length: TEAMS }, (_, i) => ({
      ...{ integrationId, githubId: i + 1, slug: `t-${i}`, name: `T ${i}`, since, leftAt: null },
      // The first two are in each other, as a race may show it.
      ...{ privacy: 'closed' as const, parentGithubId: i === 0 ? 2 : Math.ceil(i / 3) || null },
    }));
    for (const some of chunks(rows)) await insertRows(manager, GithubTeam, some);
    const stored = await manager.find(GithubTeam, { order: { githubId: 'ASC' } });
    const places = stored.flatMap(({ id: githubTeamId }, i) =>
      Array.from({ length: i % LARGEST }, (_, n) => ({
        ...{ githubTeamId, githubId: 1 + ((i * 7 + n) % 500), role: 'member' as const, since },
        leftAt: n === 3 ? new Date() : null,
      })),
    );
    for (const some of chunks(places)) await insertRows(manager, GithubTeamMember, some);

    const github = service.app.get(GithubTeams);
    const byTeam = new Map<number, typeof places>(stored.map(({ id }) => [id, []]));
    for (const place of places) byTeam.get(place.githubTeamId)?.push(place);
    const expected = ({ tree, asOf }: TeamsThen, team: StoredTeam) => {
      const peopleIn = ({ id }: StoredTeam) =>
        (byTeam.get(id) ?? []).filter(({ leftAt }) => asOf || !leftAt).map((one) => one.githubId);
      const all = [team, ...tree.descendants(team)].flatMap(peopleIn);
      return { members: peopleIn(team).length, membersWithChildTeams: new Set(all).size };
    };
    const now = await github.of({ integrationId });
    const said = listenTo(dataSource);
    const shown: PresentedGithubTeam[] = [];
    for await (const team of github.all(now)) shown.push(team);
    expect(said.length).toBeLessThan(8);
    expect(shown.map(({ id }) => id)).toEqual(now.teams.map(({ id }) => id));
    for (const [i, team] of now.teams.entries())
      if (i % 10 === 0) expect(shown[i]).toMatchObject(expected(now, team));

    for (const i of [0, 1, 7, 30, 700]) {
      const team = now.teams.find(({ id }) => id === stored[i]?.id) as StoredTeam;
      const around = await github.around(integrationId, team.id);
      if (!around) throw new Error('The team is not found.');
      const { tree } = around.teams;
      const idsOf = (teams: StoredTeam[]) => teams.map(({ id }) => id);
      expect(idsOf(tree.ancestors(around.team))).toEqual(idsOf(now.tree.ancestors(team)));
      expect(idsOf(tree.descendants(around.team))).toEqual(idsOf(now.tree.descendants(team)));
      const [alone] = await github.present(around.teams, [around.team]);
      expect(alone).toMatchObject(expected(now, team));
    }
    expect(await github.around(integrationId + 1, stored[0]?.id ?? 0)).toBeUndefined();

    const before = await github.of({ integrationId, asOf: new Date(since.getTime() + 1_000) });
    const some = [1, 0, 7, 30, 700].flatMap((i) => before.teams[i] ?? []);
    said.length = 0;
    const few = await github.present(before, some);
    expect(said.length).toBeLessThan(8);
    expect(few).toMatchObject(some.map((team) => expected(before, team)));
  });
});
