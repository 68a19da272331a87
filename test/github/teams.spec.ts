import { describe, expect, it } from 'vitest';
import { type GithubTeamRead, TeamReader } from '../../src/github/teams/read-teams.js';
import { GRAPHQL, graphqlField, moreTeamMembersThan } from '../../src/simulator/faults.js';
import { Stage } from '../simulator/support/stage.js';
import { ownClient, TEST_TOKEN } from '../support/github-client.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

async function stage(members = 5, rights: object = {}) {
  const stage = await Stage.set(members);
  const { organization, world, simulator, owner } = stage;
  world.addToken({ token: TEST_TOKEN, user: owner, ...rights });
  const client = ownClient(simulator.url);
  const pinned = { id: organization.id, login: organization.login };
  const reader = () => new TeamReader(client, pinned, { concurrency: 4 });
  const read = async (one = reader()) => {
    const found: GithubTeamRead[] = [];
    for await (const team of one.teams()) found.push(team);
    return found.toSorted((team, other) => team.githubId - other.githubId);
  };
  const { teams } = organization;
  return { ...{ stage, organization, teams, world, simulator, owner, read, reader } };
}

/** An organization of so many teams, each with so many of its members. */
async function crowd(count: number, size: number, rights: object = {}) {
  const all = await stage(size + 20, rights);
  const { teams, organization } = all;
  const { members } = organization;
  for (let n = 0; n < count; n++) {
    const team = teams.create(`Team ${n}`);
    for (let i = 0; i < size; i++) {
      const user = members[(n + i) % members.length];
      if (user) teams.add(team, user, i % 3 === 0 ? 'maintainer' : 'member');
    }
  }
  const expected = () =>
    teams.list().map((team) => ({
      githubId: team.id,
      members: team.members.map(({ user }) => user.id),
    }));
  return { ...all, expected };
}

const asIds = (read: GithubTeamRead[]) =>
  read.map(({ githubId, members }) => ({
    githubId,
    members: members.map((one) => one.githubId).toSorted((one, other) => one - other),
  }));

describe('the teams of an organization', () => {
  it('come with parent, privacy and direct members, whose ids may be large', async () => {
    const { stage: all, organization, teams, world, owner, read } = await stage();
    const wide = world.addUser({ id: 2 ** 33 });
    organization.join(wide);
    const platform = teams.create('Plattform Süd');
    const api = teams.create('API', { parent: platform });
    const secret = teams.create('Secret', { privacy: 'secret' });
    teams.add(platform, all.member);
    teams.add(api, wide, 'maintainer');
    teams.add(api, owner);
    expect(await read()).toEqual([
      {
        ...{ githubId: platform.id, slug: 'plattform-sud', name: 'Plattform Süd' },
        ...{ privacy: 'closed', parentGithubId: null },
        members: [{ githubId: all.member.id, login: 'a-member', role: 'member' }],
      },
      {
        ...{ githubId: api.id, slug: 'api', name: 'API', privacy: 'closed' },
        parentGithubId: platform.id,
        members: [
          { githubId: owner.id, login: 'Owner', role: 'maintainer' },
          { githubId: wide.id, login: wide.login, role: 'maintainer' },
        ],
      },
      expect.objectContaining({ githubId: secret.id, privacy: 'secret', members: [] }),
    ]);
    teams.move(api, null);
    teams.rename(platform, 'API 2');
    teams.delete(secret);
    expect(await read()).toMatchObject([
      { githubId: platform.id, slug: 'api-2' },
      { githubId: api.id, parentGithubId: null },
    ]);
  });

  it('are read with few points, also where they are larger than a page', async () => {
    const { simulator, read, expected } = await crowd(130, 40);
    expect(asIds(await read())).toEqual(expected());
    expect(simulator.requests.count(/graphql/)).toBeLessThan(65);
    expect(simulator.requests.total - simulator.requests.count(/graphql/)).toBeLessThan(10);
  });

  it.each([
    ['a cost that is refused', (faults: ReturnType<typeof large>) => faults.resourceLimits()],
    ['a time-out', (faults: ReturnType<typeof large>) => faults.status(504)],
    ['an error without a type', (faults: ReturnType<typeof large>) => faults.status(200, UNTYPED)],
  ])('are asked for in smaller pages after %s, and nobody is lost', async (_, strike) => {
    const { simulator, read, expected } = await crowd(60, 40);
    const refused = strike(large(simulator));
    expect(asIds(await read())).toEqual(expected());
    expect(refused.happened).toBeGreaterThan(0);
    expect(refused.happened).toBeLessThan(9);
    const before = refused.happened;
    expect(asIds(await read())).toEqual(expected());
    expect(refused.happened - before).toBeLessThan(3);
  });

  it('are one with many members, which is read on by its own id', async () => {
    const { simulator, read, expected } = await crowd(1, 260);
    expect(asIds(await read())).toEqual(expected());
    simulator.faults.on(moreMembersThan(30), ALWAYS).resourceLimits();
    expect(asIds(await read())).toEqual(expected());
  });

  it('are all found, also who is created, or deleted, meanwhile', async () => {
    const { teams, simulator, read, reader } = await crowd(60, 2);
    simulator.faults.on(graphqlField('teams'), { after: 1 }).before(() => {
      teams.create('Early', { id: 7 });
      const [last] = teams.list().slice(-1);
      if (last) teams.delete(last);
    });
    const one = reader();
    const found = await read(one);
    expect(found.map(({ githubId }) => githubId)).toEqual(teams.list().map(({ id }) => id));
    expect([...one.githubIds].toSorted((a, b) => a - b)).toEqual(teams.list().map(({ id }) => id));
  });

  it('count as gone only where two reads of all ids miss them', async () => {
    const { teams, simulator, read, reader } = await crowd(8, 1);
    const all = teams.list().map(({ id }) => id);
    const dropOne = () =>
      simulator.faults.on(TEAM_IDS).rewrite<TeamsBody>((body) => {
        body.data.organization.teams.nodes.shift();
        return body;
      });
    dropOne();
    const one = reader();
    await read(one);
    expect([...one.githubIds].toSorted((a, b) => a - b)).toEqual(all);
    dropOne();
    const few = reader();
    const named = few.named([...all, 4_711].map((githubId) => ({ githubId, nodeId: null })));
    const found: number[] = [];
    for await (const { githubId } of named) found.push(githubId);
    expect(found.toSorted((a, b) => a - b)).toEqual(all);
    expect([...few.githubIds].toSorted((a, b) => a - b)).toEqual(all);
  });

  it('have everybody, also who shifts between the pages of a team', async () => {
    const { simulator, read, expected } = await crowd(1, 150);
    let n = 0;
    const shift = (often: object) =>
      simulator.faults.on(MORE_MEMBERS, often).rewrite<TeamBody>((body) => {
        body.data.node.members.edges.splice(n++, 1);
        return body;
      });
    shift({});
    expect(asIds(await read())).toEqual(expected());
    const always = shift(ALWAYS);
    await expect(read()).rejects.toMatchObject({ code: 'listing_incomplete' });
    always.remove();
    // Some whom GitHub counts have no profile, and are not shown.
    simulator.faults.on(MORE_MEMBERS, ALWAYS).rewrite<TeamBody>((body) => {
      body.data.node.members.totalCount += 2;
      return body;
    });
    expect(asIds(await read())).toEqual(expected());
  });

  it('are incomplete where they keep changing', async () => {
    const { teams, simulator, read } = await stage();
    let id = 1_000;
    simulator.faults.on(GRAPHQL, ALWAYS).before(() => void teams.create('More', { id: id-- }));
    await expect(read()).rejects.toMatchObject({ code: 'listing_incomplete' });
  });

  it('are the secret ones for their members and for owners only', async () => {
    const { stage: all, teams, world, read } = await stage();
    const [own, other] = ['Own', 'Other'].map((name) => teams.create(name, { privacy: 'secret' }));
    if (own) teams.add(own, all.member);
    expect(await read()).toHaveLength(2);
    world.addToken({ token: TEST_TOKEN, user: all.member });
    expect(await read()).toMatchObject([{ githubId: own?.id }]);
    expect(other).toBeDefined();
  });

  it.each([
    ['a token without the scope', { scopes: ['repo'] }],
    ['a token without the permission', { kind: 'fine-grained', membersPermission: false }],
  ])('are not shown to %s, who is told what it takes', async (_, rights) => {
    const { read } = await stage(1, rights);
    await expect(read()).rejects.toMatchObject({
      code: 'missing_permission',
      message: expect.stringContaining('teams'),
      remedy: expect.stringMatching(/read:org.*"Members: read"/),
    });
  });

  it('are not those of another organization with the same name', async () => {
    const { organization, world, read } = await stage();
    organization.rename('acme-2');
    await expect(read()).rejects.toMatchObject({ code: 'organization_not_found' });
    world.addOrganization({ login: 'acme' });
    await expect(read()).rejects.toMatchObject({ code: 'organization_replaced' });
  });

  it('are no endless list', async () => {
    const { simulator, read } = await crowd(60, 1);
    simulator.faults.on(graphqlField('teams'), ALWAYS).rewrite<TeamsBody>((body) => {
      body.data.organization.teams.pageInfo = { hasNextPage: true, endCursor: null };
      return body;
    });
    await expect(read()).rejects.toMatchObject({ code: 'github_answer_invalid' });
  });
});

interface TeamsBody {
  data: { organization: { teams: { nodes: object[]; pageInfo: object } } };
}

interface TeamBody {
  data: { node: { members: { edges: object[]; totalCount: number } } };
}

const asksWithout = (field: string, other: string) => (request: Parameters<typeof GRAPHQL>[0]) => {
  const query = String(request.graphql?.query);
  return GRAPHQL(request) && query.includes(field) && !query.includes(other);
};

/** The list of all ids. */
const TEAM_IDS = asksWithout('teams(', 'members(');

/** More members of a team that is known. */
const MORE_MEMBERS = asksWithout('members(', 'name');

const UNTYPED = {
  data: null,
  errors: [{ message: 'Something went wrong while executing your query.' }],
};

const large = (simulator: Stage['simulator']) =>
  simulator.faults.on(moreTeamMembersThan(100), ALWAYS);

function moreMembersThan(most: number) {
  return (request: Parameters<typeof GRAPHQL>[0]) => {
    const { members } = (request.graphql?.variables ?? {}) as { members?: number };
    return Number(members) > most;
  };
}
