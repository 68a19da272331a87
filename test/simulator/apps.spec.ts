import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { makeAppKeys } from '../../src/simulator/apps/keys.js';
import { AppStage } from './support/app-stage.js';
import { complaints } from './support/official-rest.js';
import { OWNER } from './support/stage.js';

const MEMBERS = '/orgs/acme/members';
const TOKENS = '/app/installations/{installation_id}/access_tokens';
const HOUR = 3_600_000;

async function refusal(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { message: string }).message];
}

const NOT_ACCESSIBLE = [403, 'Resource not accessible by integration'];
const BAD_CREDENTIALS = [401, 'Bad credentials'];

describe("an App's JWT", () => {
  it.each([
    ['/app', '/app'],
    ['/app/installations', '/app/installations'],
    ['/app/installations/40000001', '/app/installations/{installation_id}'],
    ['/orgs/acme/installation', '/orgs/{org}/installation'],
    ['/api/v3/orgs/acme/installation', '/orgs/{org}/installation'],
  ])('opens %s, which answers as GitHub describes', async (asked, described) => {
    const apps = await AppStage.set();
    const response = await apps.stage.get(asked, apps.jwt());
    expect(response.status).toBe(200);
    expect(complaints(described, 200, await response.json())).toEqual([]);
    expect(await refusal(await apps.stage.get(asked, OWNER))).toEqual([
      401,
      'A JSON web token could not be decoded',
    ]);
  });

  it('may name the App by its id, as a number or a string, or by its client id', async () => {
    const apps = await AppStage.set();
    for (const iss of [4711, '4711', 'Iv23client']) {
      const body = await apps.stage.json('/app', apps.jwt({ iss }));
      expect(body).toMatchObject({ id: 4711, slug: 'rollcall', installations_count: 1 });
    }
  });

  const EXP =
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  const FAR = "'Expiration time' claim ('exp') is too far in the future";
  const IAT =
    "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";

  it.each([
    ['has expired', { exp: -1 }, EXP],
    ['expires after more than ten minutes', { exp: 640 }, FAR],
    ['was issued in the future', { iat: 90 }, IAT],
  ])('is refused that %s', async (_, offsets, expected) => {
    const apps = await AppStage.set();
    const now = apps.stage.world.clock.nowInSeconds();
    const claims = Object.entries(offsets).map(([name, offset]) => [name, now + offset]);
    const jwt = apps.jwt(Object.fromEntries(claims));
    expect(await refusal(await apps.stage.get('/app', jwt))).toEqual([401, expected]);
  });

  it('is refused that somebody else signed, or nobody, or in another way', async () => {
    const apps = await AppStage.set();
    const unreadable = [401, 'A JSON web token could not be decoded'];
    const [head, body] = apps.jwt().split('.');
    const forged = [
      apps.jwt({}, {}, makeAppKeys().privateKey),
      apps.jwt({}, { alg: 'none' }),
      `${head}.${body}.`,
      'a.b.c',
    ];
    for (const jwt of forged) {
      expect(await refusal(await apps.stage.get('/app', jwt))).toEqual(unreadable);
    }
    const unknown = await apps.stage.get('/app', apps.jwt({ iss: 1 }));
    expect(await refusal(unknown)).toEqual([404, 'Integration not found']);
  });

  it("is measured by GitHub's clock", async () => {
    const apps = await AppStage.set();
    const jwt = apps.jwt();
    apps.stage.world.clock.advance(HOUR);
    expect(await refusal(await apps.stage.get('/app', jwt))).toEqual([401, EXP]);
    expect((await apps.stage.get('/app', apps.jwt())).status).toBe(200);
  });

  it('shows no concealed member, and no user', async () => {
    const apps = await AppStage.set();
    expect(await apps.stage.logins(MEMBERS, apps.jwt())).not.toContain('a-member');
    expect(await refusal(await apps.stage.get('/user', apps.jwt()))).toEqual(NOT_ACCESSIBLE);
  });
});

describe('an installation token', () => {
  it('is made for an hour, as GitHub describes', async () => {
    const apps = await AppStage.set();
    const response = await apps.createToken();
    const body = (await response.json()) as { token: string; expires_at: string };
    expect(response.status).toBe(201);
    expect(complaints(TOKENS, 201, body, 'post')).toEqual([]);
    expect(body.token).toMatch(/^ghs_\w{36}$/);
    expect(Math.abs(Date.parse(body.expires_at) - Date.now() - HOUR)).toBeLessThan(5000);
  });

  it('reads everybody, and the owners', async () => {
    const apps = await AppStage.set(40);
    const { stage } = apps;
    const token = await apps.token();
    const all = await stage.logins(`${MEMBERS}?per_page=100`, token);
    expect(all).toEqual(stage.organization.members.map(({ login }) => login));
    expect(await stage.logins(`${MEMBERS}?role=admin`, token)).toContain('Owner');
    expect((await stage.get(`${MEMBERS}/a-member`, token)).status).toBe(204);
    expect((await stage.get(`${MEMBERS}?filter=2fa_disabled`, token)).status).toBe(422);
    const { headers } = await stage.get(MEMBERS, token);
    expect(headers.get('x-oauth-scopes')).toBeNull();
    expect(headers.get('x-accepted-github-permissions')).toBe('members=read');
    expect(stage.simulator.requests.entries.at(-1)?.login).toBe('rollcall[bot]');
  });

  it('asks GraphQL, too', async () => {
    const apps = await AppStage.set();
    const { stage } = apps;
    const query = `query ($id: ID!) {
      viewer { login } rateLimit { limit }
      nodes(ids: [$id]) { ... on User { login email } }
      organization(login: "acme") { membersWithRole(first: 100) {
        totalCount edges { role hasTwoFactorEnabled }
      } }
    }`;
    const answer = await stage.graphql(query, { id: stage.member.nodeId }, await apps.token());
    expect(answer).toMatchObject({
      data: {
        viewer: { login: 'rollcall[bot]' },
        rateLimit: { limit: 5000 },
        nodes: [{ login: 'a-member' }],
        organization: { membersWithRole: { totalCount: stage.organization.size } },
      },
    });
    expect(JSON.stringify(answer)).toContain('"role":"ADMIN","hasTwoFactorEnabled":null');
  });

  it('knows no user', async () => {
    const apps = await AppStage.set();
    const token = await apps.token();
    for (const path of ['/user', '/user/orgs', '/user/memberships/orgs/acme']) {
      expect(await refusal(await apps.stage.get(path, token))).toEqual(NOT_ACCESSIBLE);
    }
  });

  it('sees no members without the permission, wherever it lacks', async () => {
    const apps = await AppStage.set();
    const { stage, installation } = apps;
    const narrowed = (await (await apps.createToken({ permissions: {} })).json()) as {
      token: string;
    };
    const whole = await apps.token();
    expect((await stage.get(MEMBERS, whole)).status).toBe(200);
    installation.permissions = {};
    for (const token of [whole, narrowed.token]) {
      for (const path of [MEMBERS, `${MEMBERS}/owner`, '/orgs/acme/memberships/owner']) {
        expect(await refusal(await stage.get(path, token))).toEqual(NOT_ACCESSIBLE);
      }
      const query = '{ organization(login: "acme") { membersWithRole(first: 1) { totalCount } } }';
      expect(await stage.graphql(query, {}, token)).toMatchObject({
        data: { organization: null },
        errors: [{ type: 'FORBIDDEN' }],
      });
    }
    const wider = await apps.createToken({ permissions: { members: 'read' } });
    expect(wider.status).toBe(422);
  });

  it('sees the public members of other organizations', async () => {
    const apps = await AppStage.set();
    const { world } = apps.stage;
    const other = world.addOrganization({ login: 'other', members: 30 });
    const shown = other.list({ publicOnly: true }).map(({ user }) => user.login);
    const found = await apps.stage.logins('/orgs/other/members', await apps.token());
    expect(found).toEqual(shown);
  });

  it("expires by GitHub's clock, when it is told to", async () => {
    const apps = await AppStage.set();
    const { world } = apps.stage;
    const hour = await apps.token();
    world.tokens.lifetimes.installationToken = 2;
    const short = await apps.token();
    expect((await apps.stage.get(MEMBERS, short)).status).toBe(200);
    world.clock.advance(2000);
    expect(await refusal(await apps.stage.get(MEMBERS, short))).toEqual(BAD_CREDENTIALS);
    expect((await apps.stage.get(MEMBERS, hour)).status).toBe(200);
    world.clock.advance(HOUR);
    expect(await refusal(await apps.stage.get(MEMBERS, hour))).toEqual(BAD_CREDENTIALS);
  });

  it('is refused while the installation is suspended, and for ever once it is gone', async () => {
    const apps = await AppStage.set();
    const { stage, installation } = apps;
    const token = await apps.token();
    const suspended = [403, 'This installation has been suspended'];
    installation.suspended = true;
    expect(await refusal(await stage.get(MEMBERS, token))).toEqual(suspended);
    expect(await refusal(await apps.createToken())).toEqual(suspended);
    expect(await stage.json('/orgs/acme/installation', apps.jwt())).toMatchObject({
      suspended_at: expect.stringMatching(/Z$/),
    });
    installation.suspended = false;
    expect((await stage.get(MEMBERS, token)).status).toBe(200);
    stage.world.uninstallApp(installation);
    expect(await refusal(await stage.get(MEMBERS, token))).toEqual(BAD_CREDENTIALS);
    expect((await apps.createToken()).status).toBe(404);
    expect((await stage.get('/orgs/acme/installation', apps.jwt())).status).toBe(404);
  });

  it.each([
    [5, 5000],
    [118, 10_000],
    [300, 12_500],
  ])('has its own hour, which in an organization of %i and two is %i', async (members, limit) => {
    const apps = await AppStage.set(members);
    const { stage } = apps;
    await stage.get('/user', OWNER);
    const { headers } = await stage.get(MEMBERS, await apps.token());
    expect(headers.get('x-ratelimit-limit')).toBe(String(limit));
    expect(headers.get('x-ratelimit-remaining')).toBe(String(limit - 1));
  });

  it("serves Octokit's own way of signing in as an App", async () => {
    const { stage } = await AppStage.set(3);
    const made = stage.world.addApp({ slug: 'with-its-own-key' });
    const { id } = stage.world.installApp(made, stage.organization);
    const octokit = new Octokit({
      authStrategy: createAppAuth,
      auth: { appId: made.id, privateKey: made.privateKey, installationId: id },
      baseUrl: stage.simulator.url,
    });
    const { data } = await octokit.rest.orgs.listMembers({ org: 'acme' });
    expect(data).toHaveLength(5);
  });
});

describe('an App', () => {
  it('is installed once in an organization, and registered once', async () => {
    const { stage, app } = await AppStage.set();
    expect(() => stage.world.installApp(app, stage.organization)).toThrow('acme has rollcall');
    expect(() => stage.world.addApp({ id: app.id })).toThrow('App id 4711 is taken');
    expect(() => stage.world.addApp({ clientId: app.clientId })).toThrow('Iv23client is taken');
  });

  it('sees its own installations only', async () => {
    const apps = await AppStage.set();
    const other = apps.stage.world.addApp({ slug: 'other' });
    const key = other.privateKey ?? '';
    const jwt = apps.jwt({ iss: other.clientId }, {}, key);
    expect(await apps.stage.json('/app/installations', jwt)).toEqual([]);
    const path = `/app/installations/${apps.installation.id}`;
    expect((await apps.stage.get(path, jwt)).status).toBe(404);
    expect((await apps.createToken(undefined, jwt)).status).toBe(404);
  });
});
