import { describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { startGithubWithOauthApp } from '../support/github-apps.js';
import { syncToEnd } from '../support/runs.js';
import { type ServiceOptions, ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';
import type { WebClient } from '../support/web-client.js';

async function start(options: ServiceOptions = {}) {
  const github = await startGithubWithOauthApp();
  const service = await startWeb({ ...options, env: { ...github.env, ...options.env } });
  return { ...github, service, admin: await signedIn(service) };
}

/** Where Rollcall sends somebody, and where GitHub sends them back. */
async function begin(admin: WebClient) {
  const begun = await admin.get('/onboarding/github');
  const authorize = new URL(begun.headers.get('location') ?? '');
  const back = await fetch(authorize, { redirect: 'manual' });
  const callback = new URL(back.headers.get('location') ?? '');
  return { begun, authorize, callback, path: callback.pathname + callback.search };
}

const exchanges = ({ simulator }: Awaited<ReturnType<typeof start>>) =>
  simulator.requests.count(/^POST \/login\/oauth\/access_token$/);

describe.each(ways)('signing in at GitHub, $way', (way) => {
  it('leads to an integration with the token of the person', async () => {
    const started = await start(way);
    const { service, admin, simulator } = started;
    expect((await admin.get('/onboarding')).text).toContain('href="/onboarding/github"');
    const { begun, authorize, callback, path } = await begin(admin);
    expect(begun.status).toBe(302);
    expect(authorize.origin + authorize.pathname).toBe(`${simulator.url}/login/oauth/authorize`);
    expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
      scope: 'read:org read:user',
      redirect_uri: `${service.url}/onboarding/github/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(callback.origin).toBe(service.url);
    const returned = await admin.get(path);
    expect([returned.status, returned.headers.get('location')]).toEqual([
      303,
      '/onboarding/organizations',
    ]);
    const { manager } = service.dataSource;
    const kept = (await manager.find(Session)).map(({ data }) => data).join();
    expect(kept).toContain('sealed');
    expect(kept).not.toContain('gho_');
    expect((await admin.follow(returned)).text).toContain('value="acme"');
    await admin.post('/onboarding/organizations', { organization: 'acme' });
    expect(await manager.find(Credential)).toMatchObject([{ kind: 'oauth' }]);
    const { id } = await manager.findOneByOrFail(GithubIntegration, {});
    expect(await syncToEnd(service, id)).toMatchObject({ state: 'complete' });
  });

  it('takes two clicks for one, and a page that is sent again', async () => {
    const started = await start(way);
    const { admin } = started;
    const { path } = await begin(admin);
    const first = await admin.get(path);
    const again = await admin.get(path);
    for (const { headers } of [first, again])
      expect(headers.get('location')).toBe('/onboarding/organizations');
    expect(exchanges(started)).toBe(1);
    expect((await admin.follow(again)).text).toContain('value="acme"');
  });
});

describe('signing in at GitHub', () => {
  it('is refused with another state, which leaves alone what was begun', async () => {
    const started = await start();
    const { admin } = started;
    const { callback, path } = await begin(admin);
    for (const state of ['', 'forged', callback.searchParams.get('state')?.slice(1) ?? '']) {
      const forged = await admin.get(`${callback.pathname}?code=code-0&state=${state}`);
      expect(forged.status).toBe(422);
      expect(forged.text).toContain('has expired, or it was not started here');
    }
    expect(exchanges(started)).toBe(0);
    expect((await admin.get(path)).headers.get('location')).toBe('/onboarding/organizations');
  });

  it("is refused in another person's session, and without one leads to the sign-in", async () => {
    const started = await start();
    const { admin, service } = started;
    const { path } = await begin(admin);
    const other = await signedIn(service, { email: 'eve@default.example' });
    expect((await other.get(path)).status).toBe(422);
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get('/onboarding/github')).status).toBe(403);
    expect((await member.get(path)).status).toBe(403);
    await admin.post('/sign-out');
    expect((await admin.get(path)).headers.get('location')).toContain('/sign-in');
    expect(exchanges(started)).toBe(0);
  });

  it('is once only: a state that was used is worth nothing once its token is', async () => {
    const started = await start();
    const { admin } = started;
    const { path } = await begin(admin);
    await admin.get(path);
    await admin.post('/onboarding/organizations', { organization: 'acme' });
    const replayed = await admin.get(path);
    expect(replayed.status).toBe(422);
    expect(replayed.text).toContain('Choose Connect with GitHub again.');
    expect(exchanges(started)).toBe(1);
  });

  it('is over after ten minutes', async () => {
    const started = await start();
    const { path } = await begin(started.admin);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_001 });
    try {
      expect((await started.admin.get(path)).status).toBe(422);
    } finally {
      vi.useRealTimers();
    }
    expect(exchanges(started)).toBe(0);
  });

  it('proves to GitHub with its verifier that it asked for the code', async () => {
    const started = await start();
    const { admin } = started;
    const first = await begin(admin);
    const second = await begin(admin);
    expect(first.authorize.searchParams.get('code_challenge')).not.toBe(
      second.authorize.searchParams.get('code_challenge'),
    );
    // A code that was slipped in from another sign-in.
    const code = first.callback.searchParams.get('code');
    const state = second.callback.searchParams.get('state');
    const slipped = await admin.get(`${first.callback.pathname}?code=${code}&state=${state}`);
    expect(slipped.status).toBe(422);
    expect(slipped.text).toContain('GitHub rejected the sign-in');
    expect(exchanges(started)).toBe(1);
  });

  it('that somebody declines leads back, and says so once', async () => {
    const { admin, world, service } = await start();
    world.declines = true;
    const { path } = await begin(admin);
    const back = await admin.get(path);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/onboarding']);
    expect((await admin.follow(back)).text).toContain('You declined at GitHub');
    expect((await admin.follow(back)).text).not.toContain('You declined');
    expect(await service.dataSource.manager.count(Credential)).toBe(0);
  });

  it.each([
    { error: 'redirect_uri_mismatch', says: '/onboarding/github/callback' },
    { error: 'application_suspended', says: 'suspended the App' },
    { error: 'anything_else', says: 'Connect with GitHub again' },
  ])('that GitHub ends with $error says what to do', async ({ error, says }) => {
    const { admin } = await start();
    const { callback } = await begin(admin);
    const state = callback.searchParams.get('state');
    const { status, text } = await admin.get(`${callback.pathname}?error=${error}&state=${state}`);
    expect(status).toBe(422);
    expect(text).toContain(says);
  });

  it('names the variable where GitHub does not accept the secret, and shows no secret', async () => {
    const { admin } = await start({ env: { GITHUB_CLIENT_SECRET: 'another-secret' } });
    const { path } = await begin(admin);
    const { status, text } = await admin.get(path);
    expect(status).toBe(422);
    expect(text).toContain('GITHUB_CLIENT_SECRET');
    expect(text).not.toContain('another-secret');
  });

  it('is offered only where an App is set up', async () => {
    const service = await startWeb();
    const admin = await signedIn(service);
    expect((await admin.get('/onboarding')).text).not.toContain('Connect with GitHub');
    for (const path of ['/onboarding/github', '/onboarding/github/callback?code=a&state=b']) {
      const { status, text } = await admin.get(path);
      expect(status).toBe(404);
      expect(text).toContain('not configured on this server');
    }
  });
});
