import { describe, expect, it } from 'vitest';
import { BARE_FINE, FINE, MEMBER, NARROW, OUTSIDER, OWNER, Stage } from './support/stage.js';

const MEMBERS = '/orgs/acme/members';
const VIEWER = '{ viewer { login } rateLimit { remaining } }';

function remaining(response: Response): number {
  return Number(response.headers.get('x-ratelimit-remaining'));
}

describe('a conditional request', () => {
  it('is a 304 without a body and costs nothing while nothing changed', async () => {
    const stage = await Stage.set();
    const first = await stage.get(MEMBERS);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"\w{40}"$/);
    const second = await stage.get(MEMBERS, OWNER, { 'if-none-match': etag });
    expect([second.status, await second.text()]).toEqual([304, '']);
    expect(remaining(second)).toBe(remaining(first));
    const { total, charged, notModified, entries } = stage.simulator.requests;
    expect([total, charged, notModified]).toEqual([2, 1, 1]);
    expect(entries.map((one) => one.charged)).toEqual([true, false]);
  });

  it.each(['strong', 'in a list', 'a star'])('takes a tag that is %s', async (form) => {
    const stage = await Stage.set();
    const strong = (await stage.get(MEMBERS)).headers.get('etag')?.slice(2) ?? '';
    const tag = { strong, 'in a list': `"a", ${strong}`, 'a star': '*' }[form] ?? '';
    expect((await stage.get(MEMBERS, OWNER, { 'if-none-match': tag })).status).toBe(304);
  });

  it('is answered in full once somebody is renamed, and charged', async () => {
    const stage = await Stage.set();
    const etag = (await stage.get(MEMBERS)).headers.get('etag') ?? '';
    stage.world.renameUser(stage.member, 'renamed');
    const second = await stage.get(MEMBERS, OWNER, { 'if-none-match': etag });
    expect([second.status, remaining(second)]).toEqual([200, 4998]);
  });

  it('knows nothing of names, emails and roles', async () => {
    const stage = await Stage.set();
    const etag = (await stage.get(MEMBERS)).headers.get('etag') ?? '';
    stage.member.name = 'Another Name';
    stage.organization.setRole(stage.member, 'admin');
    expect((await stage.get(MEMBERS, OWNER, { 'if-none-match': etag })).status).toBe(304);
  });
});

describe('the primary limit', () => {
  it('counts for each user, whichever token is used, apart for REST and GraphQL', async () => {
    const stage = await Stage.set();
    expect(remaining(await stage.get('/user', MEMBER))).toBe(4999);
    expect(remaining(await stage.get('/user', NARROW))).toBe(4998);
    expect(remaining(await stage.get('/user', OWNER))).toBe(4999);
    const answer = await stage.graphql(VIEWER);
    expect(answer.data).toMatchObject({ rateLimit: { remaining: 4999 } });
    const graphql = await stage.post(JSON.stringify({ query: VIEWER }));
    expect(graphql.headers.get('x-ratelimit-resource')).toBe('graphql');
    expect(remaining(graphql)).toBe(4998);
  });

  it('tells its state for nothing', async () => {
    const stage = await Stage.set();
    await stage.get('/user');
    await stage.get('/rate_limit');
    expect(await stage.json('/rate_limit')).toMatchObject({
      resources: { core: { limit: 5000, used: 1, remaining: 4999 }, graphql: { remaining: 5000 } },
    });
  });

  it('refuses with 403 once it is used up, until its reset', async () => {
    const stage = await Stage.set();
    stage.world.setRemaining(OWNER, 'core', 1, 90);
    expect((await stage.get('/user')).status).toBe(200);
    const refused = await stage.get('/user');
    expect([refused.status, remaining(refused)]).toEqual([403, 0]);
    const seconds = Number(refused.headers.get('x-ratelimit-reset')) - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(80);
    expect(seconds).toBeLessThanOrEqual(90);
    expect(await refused.json()).toMatchObject({
      message: 'API rate limit exceeded for user ID 11.',
    });
    stage.world.setRemaining(OWNER, 'core', 0, -1);
    expect(remaining(await stage.get('/user'))).toBe(4999);
  });

  it('of GraphQL is told with 200 and no data', async () => {
    const stage = await Stage.set();
    stage.world.setRemaining(OWNER, 'graphql', 0);
    const response = await stage.post(JSON.stringify({ query: VIEWER }));
    expect([response.status, remaining(response)]).toEqual([200, 0]);
    expect(await response.json()).toEqual({
      errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for user ID 11.' }],
    });
    expect((await stage.get('/user')).status).toBe(200);
  });

  it('is 60 an hour without a token', async () => {
    const stage = await Stage.set();
    for (let count = 0; count < 60; count++) await stage.get('/orgs/acme', null);
    expect((await stage.get('/orgs/acme', null)).status).toBe(403);
    expect((await stage.get('/orgs/acme')).status).toBe(200);
  });

  it('does not exist on an Enterprise Server as it comes', async () => {
    const stage = await Stage.set(5, { rateLimits: false });
    const response = await stage.get('/api/v3/user');
    expect([response.status, response.headers.get('x-ratelimit-limit')]).toEqual([200, null]);
    expect((await stage.get('/api/v3/rate_limit')).status).toBe(404);
    expect((await stage.graphql(VIEWER)).data).toMatchObject({ rateLimit: null });
  });
});

describe('a token', () => {
  it('that is wrong, or revoked, is refused', async () => {
    const stage = await Stage.set();
    stage.world.revokeToken(OWNER);
    for (const token of ['wrong', OWNER]) {
      const response = await stage.get('/orgs/acme', token);
      expect([response.status, await response.json()]).toEqual([
        401,
        expect.objectContaining({ message: 'Bad credentials', status: '401' }),
      ]);
      expect((await stage.post('{"query":"{ viewer { login } }"}', token)).status).toBe(401);
    }
    expect((await stage.post('{"query":"{ viewer { login } }"}', null)).status).toBe(401);
  });

  it('of a suspended user is refused', async () => {
    const stage = await Stage.set();
    stage.world.suspendUser(stage.owner);
    expect((await stage.get('/user')).status).toBe(403);
  });

  it('tells its scopes, and a route what it accepts, where the token is classic', async () => {
    const stage = await Stage.set();
    const classic = (await stage.get(MEMBERS, OUTSIDER)).headers;
    expect(classic.get('x-oauth-scopes')).toBe('read:org');
    expect(classic.get('x-accepted-oauth-scopes')).toContain('read:org');
    const fine = (await stage.get(MEMBERS, FINE)).headers;
    expect(fine.get('x-oauth-scopes')).toBeNull();
    expect(fine.get('x-accepted-github-permissions')).toBe('members=read');
  });

  it.each([
    ['classic', '2026-12-24 09:30:00 UTC'],
    ['fine-grained', '2026-12-24 09:30:00 UTC'],
    // An OAuth App's never ends, and of a GitHub App's GitHub tells it on giving it out.
    ['oauth', null],
    ['app-user', null],
  ] as const)('of the kind %s tells when it ends: %s', async (kind, told) => {
    const stage = await Stage.set();
    stage.world.clock.aheadMs = Date.parse('2026-12-01T00:00:00Z') - Date.now();
    const expiresAt = Date.parse('2026-12-24T09:30:00.000Z');
    stage.world.addToken({ token: 'one', user: stage.member, kind, expiresAt });
    const header = 'github-authentication-token-expiration';
    expect((await stage.get('/user', 'one')).headers.get(header)).toBe(told);
    expect((await stage.post('{"query":"{ viewer { login } }"}', 'one')).headers.get(header)).toBe(
      told,
    );
    expect((await stage.get('/user', OWNER)).headers.get(header)).toBeNull();
  });

  it.each([
    ['read:org', true, false],
    ['write:org', true, false],
    ['admin:org', true, false],
    ['user', false, true],
    ['read:user', false, true],
    ['repo', false, false],
  ])('with %s reads members: %s, emails: %s', async (scope, members, emails) => {
    const stage = await Stage.set();
    const token = stage.world.addToken({ token: 'one', user: stage.member, scopes: [scope] });
    expect(token.readsMembers).toBe(members);
    const { data } = await stage.graphql('{ viewer { email } }', {}, 'one');
    expect(data !== undefined).toBe(emails);
  });

  it('lists its organizations, but not if it is fine-grained', async () => {
    const stage = await Stage.set();
    expect(await stage.logins('/user/orgs', MEMBER)).toEqual(['acme']);
    expect(await stage.logins('/user/orgs', FINE)).toEqual([]);
    expect((await stage.get('/user/orgs', NARROW)).status).toBe(403);
  });

  it('without the members permission sees no membership', async () => {
    const stage = await Stage.set();
    expect((await stage.get('/user/memberships/orgs/acme', BARE_FINE)).status).toBe(403);
    expect((await stage.get('/user/memberships/orgs/acme', FINE)).status).toBe(200);
  });

  it('is needed to see an email', async () => {
    const stage = await Stage.set();
    stage.owner.email = 'owner@example.com';
    expect(await stage.json('/users/owner', MEMBER)).toMatchObject({ email: 'owner@example.com' });
    expect(await stage.json('/users/owner', null)).toMatchObject({ email: null });
  });
});
