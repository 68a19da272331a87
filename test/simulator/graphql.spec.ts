import { describe, expect, it } from 'vitest';
import { MEMBER, OUTSIDER, OWNER, Stage } from './support/stage.js';

interface MembersData {
  organization: {
    membersWithRole: {
      totalCount: number;
      pageInfo: { endCursor: string | null; hasNextPage: boolean };
      edges: {
        role: string | null;
        hasTwoFactorEnabled: boolean | null;
        node: { login: string } | null;
      }[];
    };
  };
}

const MEMBERS = `query ($first: Int, $after: String) {
  organization(login: "acme") {
    membersWithRole(first: $first, after: $after) {
      totalCount
      pageInfo { endCursor hasNextPage }
      edges { role hasTwoFactorEnabled node { login } }
    }
  }
}`;
const NODES =
  'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on User { login email databaseId } } }';

async function page(stage: Stage, variables: object, token = OWNER) {
  const { data } = await stage.graphql(MEMBERS, variables, token);
  return (data as unknown as MembersData).organization.membersWithRole;
}

describe('membersWithRole', () => {
  it('gives everybody, page after page', async () => {
    const stage = await Stage.set(228);
    const logins: unknown[] = [];
    let after: string | null = null;
    do {
      const { edges, pageInfo }: MembersData['organization']['membersWithRole'] = await page(
        stage,
        {
          first: 100,
          after,
        },
      );
      logins.push(...edges.map(({ node }) => node?.login));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(logins).toEqual(stage.organization.members.map(({ login }) => login));
    expect(stage.simulator.requests.total).toBe(3);
  });

  it('goes on after somebody who has left meanwhile', async () => {
    const stage = await Stage.set(0);
    const { pageInfo } = await page(stage, { first: 1 });
    stage.organization.leave(stage.owner);
    stage.organization.join(stage.outsider);
    const { edges, totalCount } = await page(
      stage,
      { first: 1, after: pageInfo.endCursor },
      MEMBER,
    );
    expect([edges[0]?.node?.login, totalCount]).toEqual(['a-member', 2]);
  });

  it('tells two-factor states to owners only, and roles to members only', async () => {
    const stage = await Stage.set(0);
    const first = async (token: string) => (await page(stage, { first: 5 }, token)).edges[0];
    expect(await first(OWNER)).toMatchObject({ role: 'ADMIN', hasTwoFactorEnabled: true });
    expect(await first(MEMBER)).toMatchObject({ role: 'ADMIN', hasTwoFactorEnabled: null });
    expect(await first(OUTSIDER)).toMatchObject({ role: null, hasTwoFactorEnabled: null });
    expect((await page(stage, { first: 5 }, OUTSIDER)).totalCount).toBe(1);
  });

  it('has no node for somebody suspended', async () => {
    const stage = await Stage.set(0);
    stage.world.suspendUser(stage.member);
    const { edges, totalCount } = await page(stage, { first: 5 });
    expect([edges[1], totalCount]).toEqual([expect.objectContaining({ node: null }), 2]);
  });

  it.each([
    ['no size', {}, 'MISSING_PAGINATION_BOUNDARIES'],
    ['101 at once', { first: 101 }, 'EXCESSIVE_PAGINATION'],
    ['none', { first: 0 }, 'INVALID_PAGINATION_BOUNDARIES'],
    ['a cursor of its own making', { first: 1, after: 'eA==' }, 'INVALID_CURSOR_ARGUMENTS'],
  ])('refuses %s, and the organization is null then', async (_, variables, type) => {
    const stage = await Stage.set();
    const { data, errors } = await stage.graphql(MEMBERS, variables);
    expect(data).toEqual({ organization: null });
    expect(errors).toMatchObject([{ type, path: ['organization', 'membersWithRole'] }]);
  });
});

describe('nodes', () => {
  it('keeps the order asked for; an email that is not public is empty', async () => {
    const stage = await Stage.set(0);
    stage.owner.email = null;
    const ids = [stage.member.nodeId, stage.owner.nodeId];
    expect(await stage.graphql(NODES, { ids })).toMatchObject({
      data: { nodes: [{ login: 'a-member' }, { login: 'Owner', email: '' }] },
    });
  });

  it('has null and an error for whoever has no profile', async () => {
    const stage = await Stage.set(1);
    const [gone] = stage.organization.members.slice(2);
    if (!gone) throw new Error('The stage has too few members');
    stage.world.suspendUser(stage.member);
    stage.world.deleteUser(gone);
    const ids = [stage.owner.nodeId, stage.member.nodeId, gone.nodeId, 'nonsense'];
    const { data, errors } = await stage.graphql(NODES, { ids });
    expect(data).toMatchObject({ nodes: [{ login: 'Owner' }, null, null, null] });
    expect(errors).toMatchObject([
      { type: 'NOT_FOUND', path: ['nodes', 1] },
      { type: 'NOT_FOUND', path: ['nodes', 2] },
      { type: 'NOT_FOUND', path: ['nodes', 3] },
    ]);
    expect(await stage.logins('/orgs/acme/members')).toContain('a-member');
  });

  it('cannot show an id beyond 32 bits', async () => {
    const stage = await Stage.set(0);
    const user = stage.world.addUser({ id: 2 ** 31, login: 'wide' });
    const { data, errors } = await stage.graphql(NODES, { ids: [user.nodeId] });
    expect(data).toMatchObject({ nodes: [{ login: 'wide', databaseId: null }] });
    expect(errors).toBeUndefined();
  });

  it('takes a hundred ids and no more', async () => {
    const stage = await Stage.set();
    const ids = Array.from({ length: 100 }, () => stage.owner.nodeId);
    const { data, errors } = await stage.graphql(NODES, { ids });
    expect(errors).toBeUndefined();
    expect((data as unknown as { nodes: unknown[] }).nodes).toHaveLength(100);
    const refused = await stage.graphql(NODES, { ids: [...ids, 'more'] });
    expect(refused.data).toBeNull();
    expect(refused.errors).toMatchObject([{ type: 'ARGUMENT_LIMIT', path: ['nodes'] }]);
  });
});

describe('GraphQL', () => {
  it.each([['/graphql'], ['/api/graphql']])('answers at %s', async (path) => {
    const stage = await Stage.set();
    const response = await stage.post('{"query":"{ viewer { login } }"}', OWNER, path);
    expect(await response.json()).toEqual({ data: { viewer: { login: 'Owner' } } });
  });

  it.each([
    ['an unknown field', '{ viewer { age } }', "Field 'age' doesn't exist on type 'User'"],
    ['a broken document', '{ viewer {', 'Syntax Error: Expected Name, found <EOF>.'],
    ['no document', '', 'A query attribute must be specified and must be a string.'],
  ])('tells with 200 of %s', async (_, query, message) => {
    const stage = await Stage.set();
    const response = await stage.post(JSON.stringify({ query }));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as object;
    expect(answer).toMatchObject({ errors: [{ message }] });
    expect('data' in answer).toBe(false);
  });

  it('refuses a body that is no JSON', async () => {
    const stage = await Stage.set();
    expect((await stage.post('{')).status).toBe(400);
  });

  it.each([
    ['directly', '{ viewer { email } }'],
    ['in a fragment', '{ viewer { ...f } } fragment f on User { email }'],
    ['of a node', 'query { node(id: "x") { ... on User { email } } }'],
  ])('refuses an email to a classic token without the scope: %s', async (_, query) => {
    const stage = await Stage.set();
    const answer = await stage.graphql(query, {}, OUTSIDER);
    expect(answer.errors).toMatchObject([{ type: 'INSUFFICIENT_SCOPES' }]);
    expect('data' in answer).toBe(false);
  });

  it('does not mind an email that is left out', async () => {
    const stage = await Stage.set();
    const query =
      'query ($e: Boolean!) { viewer { login email @include(if: $e) ...f @skip(if: true) } } fragment f on User { email }';
    const { data } = await stage.graphql(query, { e: false }, OUTSIDER);
    expect(data).toEqual({ viewer: { login: 'outsider' } });
    expect((await stage.graphql(query, { e: true }, OUTSIDER)).data).toBeUndefined();
  });

  it('does not know an organization that is not there', async () => {
    const stage = await Stage.set();
    const answer = await stage.graphql('{ organization(login: "nobody") { id } }');
    expect(answer).toMatchObject({
      data: { organization: null },
      errors: [{ type: 'NOT_FOUND', path: ['organization'] }],
    });
  });
});
