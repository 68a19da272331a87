import { describe, expect, it } from 'vitest';
import { GRAPHQL, MEMBER_PAGES } from '../../src/simulator/faults.js';
import { AppStage } from './support/app-stage.js';
import { misfits } from './support/official-graphql.js';
import { complaints } from './support/official-rest.js';
import { FINE, MEMBER, OUTSIDER, OWNER, Stage } from './support/stage.js';

const MEMBERS = '/orgs/acme/members';
const REQUIRED = /^required; url=https:\/\/github\.com\/orgs\/acme\/sso\?authorization_request=/;
const QUERY = '{ organization(login: "acme") { id membersWithRole(first: 1) { totalCount } } }';

describe('a fine-grained token that waits for approval', () => {
  it('sees only what is public', async () => {
    const stage = await Stage.set(30);
    const waiting = stage.world.addToken({
      token: 'waiting',
      user: stage.member,
      kind: 'fine-grained',
      approval: 'pending',
    });
    for (const path of [MEMBERS, '/orgs/acme/memberships/owner', '/user/memberships/orgs/acme']) {
      const response = await stage.get(path, 'waiting');
      expect(response.status).toBe(403);
      expect(response.headers.get('x-accepted-github-permissions')).toBe('members=read');
      expect(await response.json()).toMatchObject({
        message: 'Resource not accessible by personal access token',
      });
    }
    expect((await stage.get('/orgs/acme', 'waiting')).status).toBe(200);
    expect(await stage.logins('/orgs/acme/public_members', 'waiting')).toContain('Owner');
    expect(await stage.graphql(QUERY, {}, 'waiting')).toMatchObject({
      errors: [{ type: 'FORBIDDEN', path: ['organization', 'membersWithRole'] }],
    });
    waiting.approval = 'approved';
    expect(await stage.logins(`${MEMBERS}?per_page=100`, 'waiting')).toContain('a-member');
  });
});

describe('an organization with single sign-on', () => {
  it.each([
    [MEMBERS, '/orgs/{org}'],
    ['/organizations/9001', '/orgs/{org}'],
    ['/orgs/acme/memberships/owner', '/orgs/{org}/memberships/{username}'],
    ['/user/memberships/orgs/acme', '/user/memberships/orgs/{org}'],
  ])('refuses %s to a token that is not authorized', async (path, described) => {
    const stage = await Stage.set();
    stage.organization.requireSso();
    const response = await stage.get(path);
    expect([response.status, response.headers.get('x-github-sso')]).toEqual([
      403,
      expect.stringMatching(REQUIRED),
    ]);
    const body = await response.json();
    expect(body).toMatchObject({ message: expect.stringContaining('SAML enforcement') });
    if (described !== '/orgs/{org}') expect(complaints(described, 403, body)).toEqual([]);
    stage.world.token(OWNER)?.authorizeSso(stage.organization);
    const allowed = await stage.get(path);
    expect([allowed.status, allowed.headers.get('x-github-sso')]).toEqual([200, null]);
  });

  it('is left out of the list of organizations, which says so', async () => {
    const stage = await Stage.set();
    const other = stage.world.addOrganization({ login: 'other' });
    other.join(stage.owner);
    stage.organization.requireSso();
    const response = await stage.get('/user/orgs');
    expect(response.headers.get('x-github-sso')).toBe('partial-results; organizations=9001');
    const body = await response.json();
    expect(complaints('/user/orgs', 200, body)).toEqual([]);
    expect(body).toMatchObject([{ login: 'other' }]);
    stage.organization.requireSso(false);
    expect(await stage.logins('/user/orgs')).toEqual(expect.arrayContaining(['acme', 'other']));
  });

  it('is null for GraphQL, with an error and the same header', async () => {
    const stage = await Stage.set();
    stage.organization.requireSso();
    const response = await stage.post(JSON.stringify({ query: QUERY }));
    expect([response.status, response.headers.get('x-github-sso')]).toEqual([
      200,
      expect.stringMatching(REQUIRED),
    ]);
    expect(await response.json()).toMatchObject({
      data: { organization: null },
      errors: [{ type: 'FORBIDDEN', path: ['organization'], extensions: { saml_failure: true } }],
    });
    const ids = [stage.member.nodeId, stage.organization.nodeId];
    const nodes = await stage.graphql('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toMatchObject({
      data: { nodes: [{ id: stage.member.nodeId }, null] },
      errors: [{ type: 'FORBIDDEN', path: ['nodes', 1] }],
    });
  });

  it('asks it of the tokens of members only, and of none with permissions of its own', async () => {
    const apps = await AppStage.set();
    const { stage } = apps;
    const { organization, member, world } = stage;
    organization.requireSso();
    for (const token of [OUTSIDER, FINE, await apps.token()]) {
      expect((await stage.get(MEMBERS, token)).status).toBe(200);
    }
    world.addToken({ token: 'authorized', user: member, ssoAuthorized: [organization] });
    expect((await stage.get(MEMBERS, 'authorized')).status).toBe(200);
    expect((await stage.get(MEMBERS, MEMBER)).status).toBe(403);
    world.addToken({ token: 'gho', user: member, kind: 'oauth' });
    expect(await stage.json(MEMBERS, 'gho')).toMatchObject({
      message: expect.stringContaining('OAuth token'),
    });
  });
});

describe('a policy that refuses a good credential', () => {
  it.each([
    ['ipAllowList', /IP allow list/],
    ['classicTokens', /personal access token \(classic\)/],
    ['tokenLifetime', /lifetime is greater than 366 days.*https:\/\/github\.com\/settings/],
    ['oauthApps', /OAuth App access restrictions/],
    ['suspendedAccount', /Your account was suspended/],
  ] as const)('is told for %s as REST and GraphQL tell it', async (policy, words) => {
    const stage = await Stage.set();
    const { faults } = stage.simulator;
    const message = expect.stringMatching(words);
    faults.on(MEMBER_PAGES).policy(policy);
    const response = await stage.get(MEMBERS);
    const body = await response.json();
    expect([response.status, body]).toEqual([403, expect.objectContaining({ message })]);
    expect(complaints('/orgs/{org}/memberships/{username}', 403, body)).toEqual([]);
    faults.on(GRAPHQL, { times: 2 }).policy(policy);
    const organization = await stage.graphql(QUERY);
    expect(organization).toMatchObject({
      data: { organization: null },
      errors: [{ type: 'FORBIDDEN', path: ['organization'], message }],
    });
    const ids = [stage.member.nodeId, stage.owner.nodeId];
    const nodes = await stage.graphql('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toMatchObject({
      data: { nodes: [null, null] },
      errors: [{ path: ['nodes', 0] }, { path: ['nodes', 1] }],
    });
    expect([...misfits(organization.data), ...misfits(nodes.data)]).toEqual([]);
  });
});
