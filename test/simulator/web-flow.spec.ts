import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppStage } from './support/app-stage.js';
import { complaints } from './support/official-rest.js';
import { OWNER } from './support/stage.js';

const CALLBACK = 'http://127.0.0.1:8123/auth/callback';
const OAUTH_APP = { client_id: 'Ov23client', client_secret: 'oauth-secret' };
const GITHUB_APP = { client_id: 'Iv23client', client_secret: 'app-secret' };

type Fields = Record<string, string>;

class Flow {
  private constructor(readonly apps: AppStage) {}

  static async begin(): Promise<Flow> {
    const apps = await AppStage.set();
    const [clientId, clientSecret] = Object.values(OAUTH_APP) as [string, string];
    const callbackUrls = ['http://127.0.0.1/auth'];
    apps.stage.world.addOAuthApp({ clientId, clientSecret, callbackUrls });
    apps.stage.world.signedIn = apps.stage.member;
    return new Flow(apps);
  }

  get stage() {
    return this.apps.stage;
  }

  authorize(fields: Fields): Promise<Response> {
    return this.stage.get(`/login/oauth/authorize?${new URLSearchParams(fields)}`, null);
  }

  async sentBack(fields: Fields): Promise<URL> {
    return new URL((await this.authorize(fields)).headers.get('location') ?? '');
  }

  async code(fields: Fields = { client_id: OAUTH_APP.client_id }): Promise<string> {
    return (await this.sentBack(fields)).searchParams.get('code') ?? '';
  }

  exchange(fields: Fields, headers: Fields = {}): Promise<Response> {
    const url = `${this.stage.simulator.url}/login/oauth/access_token`;
    return fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
  }

  async exchanged(fields: Fields): Promise<Record<string, string | number>> {
    const response = await this.exchange(fields, { accept: 'application/json' });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, string | number>;
  }
}

describe('the page that asks for consent', () => {
  it('sends back who is signed in, with a code and the state', async () => {
    const flow = await Flow.begin();
    const { client_id } = OAUTH_APP;
    const response = await flow.authorize({ client_id, redirect_uri: CALLBACK, state: 'a b' });
    const to = new URL(response.headers.get('location') ?? '');
    expect([response.status, to.origin + to.pathname]).toEqual([302, CALLBACK]);
    expect(to.searchParams.get('state')).toBe('a b');
    expect(to.searchParams.get('code')).toMatch(/^\w{20}$/);
    expect(response.headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('sends back who declines, with the reason', async () => {
    const flow = await Flow.begin();
    flow.stage.world.declines = true;
    const { client_id } = GITHUB_APP;
    const { searchParams } = await flow.sentBack({ client_id, state: 'x' });
    expect(Object.fromEntries(searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'The user has denied your application access.',
      error_uri: expect.stringMatching(/access-denied$/),
      state: 'x',
    });
  });

  it('sends who is not signed in to sign in', async () => {
    const flow = await Flow.begin();
    flow.stage.world.signedIn = undefined;
    const response = await flow.authorize({ client_id: OAUTH_APP.client_id });
    expect(response.headers.get('location')).toMatch(/^\/login\?return_to=/);
  });

  it('does not know who is not registered', async () => {
    const flow = await Flow.begin();
    const response = await flow.authorize({ client_id: 'nobody' });
    expect([response.status, response.headers.get('location')]).toEqual([404, null]);
    expect(
      (await flow.stage.get('/api/v3/login/oauth/authorize?client_id=Ov23client')).status,
    ).toBe(404);
  });

  it.each([
    ['https://evil.example/auth', OAUTH_APP],
    ['http://127.0.0.1.evil.example/auth', OAUTH_APP],
    ['http://127.0.0.1:8123/authentic', OAUTH_APP],
    ['https://127.0.0.1/auth', OAUTH_APP],
    ['not an address', OAUTH_APP],
    ['http://127.0.0.1/auth/callback/more', GITHUB_APP],
    ['http://127.0.0.1/auth/callback?more=1', GITHUB_APP],
  ])('never sends anybody to %s', async (redirect_uri, { client_id }) => {
    const flow = await Flow.begin();
    const { hostname, pathname, searchParams } = await flow.sentBack({ client_id, redirect_uri });
    expect([hostname, pathname.startsWith('/auth')]).toEqual(['127.0.0.1', true]);
    expect(searchParams.get('error')).toBe('redirect_uri_mismatch');
    expect(searchParams.has('code')).toBe(false);
  });
});

describe("an OAuth App's code", () => {
  it('gives a token with the scopes that were asked for', async () => {
    const flow = await Flow.begin();
    const code = await flow.code({ client_id: OAUTH_APP.client_id, scope: 'read:org user:email' });
    const answer = await flow.exchanged({ ...OAUTH_APP, code });
    expect(answer).toEqual({
      access_token: expect.stringMatching(/^gho_\w{36}$/),
      scope: 'read:org,user:email',
      token_type: 'bearer',
    });
    const response = await flow.stage.get('/user/orgs', String(answer.access_token));
    expect(response.headers.get('x-oauth-scopes')).toBe('read:org, user:email');
    expect(await response.json()).toMatchObject([{ login: 'acme' }]);
    flow.stage.world.clock.advance(400 * 86_400_000);
    expect((await flow.stage.get('/user', String(answer.access_token))).status).toBe(200);
  });

  it('is answered as a form, unless JSON is asked for', async () => {
    const flow = await Flow.begin();
    const response = await flow.exchange({ ...OAUTH_APP, code: await flow.code() });
    expect(response.headers.get('content-type')).toContain('application/x-www-form-urlencoded');
    const fields = new URLSearchParams(await response.text());
    expect(fields.get('access_token')).toMatch(/^gho_/);
  });

  it('is taken in JSON as well', async () => {
    const flow = await Flow.begin();
    const response = await fetch(`${flow.stage.simulator.url}/login/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ ...OAUTH_APP, code: await flow.code() }),
    });
    expect(await response.json()).toMatchObject({ token_type: 'bearer' });
  });

  it('is for one use and for ten minutes', async () => {
    const flow = await Flow.begin();
    const bad = { error: 'bad_verification_code' };
    const code = await flow.code();
    expect(await flow.exchanged({ ...OAUTH_APP, code })).toHaveProperty('access_token');
    expect(await flow.exchanged({ ...OAUTH_APP, code })).toMatchObject(bad);
    const late = await flow.code();
    flow.stage.world.clock.advance(600_000);
    expect(await flow.exchanged({ ...OAUTH_APP, code: late })).toMatchObject(bad);
    expect(await flow.exchanged({ ...OAUTH_APP, code: 'invented' })).toMatchObject(bad);
  });

  it('is for the client that asked for it, with its secret and its address', async () => {
    const flow = await Flow.begin();
    const code = await flow.code();
    const error = async (fields: Fields) => (await flow.exchanged(fields)).error;
    expect(await error({ ...GITHUB_APP, code })).toBe('bad_verification_code');
    const wrong = { ...OAUTH_APP, code, client_secret: 'wrong' };
    expect(await error(wrong)).toBe('incorrect_client_credentials');
    expect(await error({ code })).toBe('incorrect_client_credentials');
    const elsewhere = { ...OAUTH_APP, code, redirect_uri: CALLBACK };
    expect(await error(elsewhere)).toBe('redirect_uri_mismatch');
    expect(await error({ ...OAUTH_APP, grant_type: 'password' })).toBe('unsupported_grant_type');
  });
});

describe('PKCE', () => {
  const verifier = randomBytes(32).toString('base64url');
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const challenged = {
    client_id: OAUTH_APP.client_id,
    code_challenge,
    code_challenge_method: 'S256',
  };

  it('is checked where a challenge was given', async () => {
    const flow = await Flow.begin();
    const code = await flow.code(challenged);
    const answer = await flow.exchanged({ ...OAUTH_APP, code, code_verifier: verifier });
    expect(answer).toHaveProperty('access_token');
  });

  it.each([{}, { code_verifier: 'another' }])('refuses the verifier in %o', async (more) => {
    const flow = await Flow.begin();
    const answer = await flow.exchanged({
      ...OAUTH_APP,
      code: await flow.code(challenged),
      ...(more as Fields),
    });
    expect(answer).toMatchObject({ error: 'bad_verification_code' });
  });

  it('is of one method only', async () => {
    const flow = await Flow.begin();
    const { searchParams } = await flow.sentBack({ ...challenged, code_challenge_method: 'plain' });
    expect(searchParams.get('error')).toBe('invalid_request');
  });
});

describe("a GitHub App's code", () => {
  it('gives a token that expires, and can be refreshed once', async () => {
    const flow = await Flow.begin();
    const { world } = flow.stage;
    const code = await flow.code({ client_id: GITHUB_APP.client_id, scope: 'repo' });
    const first = await flow.exchanged({ ...GITHUB_APP, code });
    expect(first).toEqual({
      access_token: expect.stringMatching(/^ghu_\w{36}$/),
      expires_in: 28_800,
      refresh_token: expect.stringMatching(/^ghr_\w{36}$/),
      refresh_token_expires_in: 15_897_600,
      scope: '',
      token_type: 'bearer',
    });
    const status = async (token: unknown) => (await flow.stage.get('/user', String(token))).status;
    expect(await status(first.access_token)).toBe(200);
    const refresh = {
      ...GITHUB_APP,
      grant_type: 'refresh_token',
      refresh_token: String(first.refresh_token),
    };
    const second = await flow.exchanged(refresh);
    expect([await status(first.access_token), await status(second.access_token)]).toEqual([
      401, 200,
    ]);
    expect(await flow.exchanged(refresh)).toMatchObject({ error: 'bad_refresh_token' });
    world.clock.advance(28_800_000);
    expect(await status(second.access_token)).toBe(401);
  });

  it('cannot be refreshed by another client, or after half a year', async () => {
    const flow = await Flow.begin();
    const token = async () =>
      (await flow.exchanged({
        ...GITHUB_APP,
        code: await flow.code({ client_id: GITHUB_APP.client_id }),
      })) as Fields;
    const { refresh_token = '' } = await token();
    const refresh = { grant_type: 'refresh_token', refresh_token };
    const bad = { error: 'bad_refresh_token' };
    expect(await flow.exchanged({ ...OAUTH_APP, ...refresh })).toMatchObject(bad);
    flow.stage.world.clock.advance(15_897_600_000);
    expect(await flow.exchanged({ ...GITHUB_APP, ...refresh })).toMatchObject(bad);
  });

  it("opens the App's installations and one's own memberships there", async () => {
    const flow = await Flow.begin();
    const { stage } = flow;
    const { world } = stage;
    const code = await flow.code({ client_id: GITHUB_APP.client_id });
    const { access_token: token } = (await flow.exchanged({ ...GITHUB_APP, code })) as Fields;
    const foreign = world.addOrganization({ login: 'foreign', members: 2 });
    const elsewhere = world.installApp(flow.apps.app, foreign);
    const without = world.addOrganization({ login: 'without' });
    without.join(stage.member);

    const response = await stage.get('/user/installations', token);
    expect(response.headers.get('x-oauth-scopes')).toBeNull();
    const body = await response.json();
    expect(complaints('/user/installations', 200, body)).toEqual([]);
    expect(body).toMatchObject({
      total_count: 1,
      installations: [{ id: flow.apps.installation.id, account: { login: 'acme' } }],
    });
    foreign.collaborators.add(stage.member);
    expect(await stage.json('/user/installations', token)).toMatchObject({
      total_count: 2,
      installations: [{}, { id: elsewhere.id }],
    });
    expect((await stage.get('/user/memberships/orgs/foreign', token)).status).toBe(404);
    expect(await stage.json('/user/memberships/orgs/acme', token)).toMatchObject({
      role: 'member',
    });
    expect((await stage.get('/user/memberships/orgs/without', token)).status).toBe(403);
    expect(await stage.logins('/user/orgs', token)).toEqual(['acme']);
    expect(await stage.logins('/orgs/acme/members', token)).toContain('a-member');
    flow.apps.installation.permissions = {};
    expect((await stage.get('/user/memberships/orgs/acme', token)).status).toBe(403);
    expect((await stage.get('/orgs/acme/members', token)).status).toBe(403);
  });

  it('is needed to see installations', async () => {
    const flow = await Flow.begin();
    const response = await flow.stage.get('/user/installations', OWNER);
    expect(response.status).toBe(403);
    expect(complaints('/user/installations', 403, await response.json())).toEqual([]);
    expect((await flow.stage.get('/user/installations', null)).status).toBe(401);
  });
});
