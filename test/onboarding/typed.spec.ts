import { describe, expect, it } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { startGithub } from '../support/service.js';
import { signedIn, startWeb, type WebService } from '../support/web.js';
import { WebClient } from '../support/web-client.js';

const SIGN_IN = { email: 'admin@default.example', password: 'correct horse battery' };

async function start() {
  const github = await startGithub();
  for (const login of ['beta', 'gamma']) github.world.addOrganization({ login }).join(github.owner);
  github.world.addOrganization({ login: 'elsewhere', members: 2 });
  const service = await startWeb({ env: { GITHUB_API_URL: github.simulator.url } });
  return { ...github, service, admin: await signedIn(service) };
}

/** As when its time is over, or somebody made a new password. */
const endSessions = ({ dataSource }: WebService) =>
  dataSource.manager.createQueryBuilder().delete().from(Session).execute();

const choose = (client: WebClient, form: Record<string, string>) =>
  client.post('/onboarding/organizations', form);

const onboardingCookieOf = ({ cookie }: WebClient) =>
  /rollcall_onboarding=[^;]+/.exec(cookie)?.[0] ?? '';

const checked = (login: string) => new RegExp(`value="${login}" required checked`);

describe('what somebody typed', () => {
  it('as the API address is there after a refusal, a reload, and on the way back', async () => {
    const { admin, simulator, token } = await start();
    const apiUrl = `${simulator.url}/`;
    const field = `value="${apiUrl}"`;
    const refused = await admin.post('/onboarding/token', { token: 'ghp_wrong', apiUrl });
    expect(refused.text).toContain(field);
    expect((await admin.follow(await admin.get('/onboarding/token'))).text).toContain(field);
    await admin.post('/onboarding/token', { token, apiUrl });
    expect((await admin.get('/onboarding')).text).toContain(field);
  });

  it('or chose as the organization is there after a refusal and a reload', async () => {
    const { admin, token, world, owner } = await start();
    await admin.post('/onboarding/token', { token });
    expect((await admin.get('/onboarding/organizations')).text).not.toMatch(/required checked/);
    world.revokeToken(token);
    const refused = await choose(admin, { organization: 'gamma' });
    expect(refused.status).toBe(422);
    world.addToken({ token, user: owner });
    const again = await admin.get('/onboarding/organizations');
    expect(again.text).toMatch(checked('gamma'));
    expect(again.text).not.toMatch(checked('acme'));
  });

  it('as a name, and public members only, are there whatever comes between', async () => {
    const { admin, token, simulator } = await start();
    await admin.post('/onboarding/token', { token });
    const offered = await choose(admin, { organization: 'elsewhere' });
    expect(offered.text).toContain('name="publicOnly" value="yes">');
    simulator.faults.on(/^GET \/orgs\/elsewhere$/, { times: Number.POSITIVE_INFINITY }).status(503);
    const wanted = { organization: 'elsewhere', publicOnly: 'yes' };
    const down = await choose(admin, wanted);
    expect(down.status).toBe(502);
    for (const { text } of [down, await admin.get('/onboarding/organizations')]) {
      expect(text).toMatch(/name="organization"\s+value="elsewhere"/);
      expect(text).toContain('name="publicOnly" value="yes" checked>');
    }
    simulator.faults.clear();
    const connected = await choose(admin, wanted);
    expect(connected.headers.get('location')).toMatch(/members$/);
    await admin.post('/onboarding/token', { token });
    expect((await admin.get('/onboarding/organizations')).text, 'and is forgotten').not.toContain(
      'elsewhere',
    );
  });

  it('survives a session that ended, but for the token', async () => {
    const { admin, service, token, simulator } = await start();
    const apiUrl = simulator.url;
    await admin.get('/onboarding');
    await endSessions(service);
    const sent = await admin.post('/onboarding/token', { token, apiUrl });
    expect(sent.headers.get('location')).toBe('/sign-in?next=%2Fonboarding%2Forganizations');
    expect(JSON.stringify([...sent.headers])).not.toContain(token);
    await admin.post('/sign-in', SIGN_IN);
    const back = await admin.follow(await admin.get('/onboarding/organizations'));
    expect(back.text).toContain(`value="${apiUrl}"`);
    expect(back.text).toContain('Enter a token first');

    await admin.post('/onboarding/token', { token, apiUrl });
    await endSessions(service);
    await choose(admin, { organization: 'gamma' });
    await admin.post('/sign-in', SIGN_IN);
    await admin.get('/onboarding/organizations');
    expect((await admin.get('/onboarding')).text).toContain(`value="${apiUrl}"`);
    const chosen = await admin.follow(await admin.post('/onboarding/token', { token, apiUrl }));
    expect(chosen.text).toMatch(checked('gamma'));
  });

  it('is forgotten by signing out, because whoever signs in next may be somebody else', async () => {
    const { admin, simulator } = await start();
    const apiUrl = simulator.url;
    await admin.post('/onboarding/token', { token: 'ghp_wrong', apiUrl });
    const { headers } = await admin.post('/sign-out');
    expect(headers.getSetCookie().join()).toMatch(
      /rollcall_onboarding=; Path=\/; Expires=Thu, 01 Jan 1970/,
    );
    await admin.post('/sign-in', SIGN_IN);
    expect((await admin.get('/onboarding')).text).not.toContain(apiUrl);
  });

  it('is nothing that was planted: neither unsealed, nor what another user or a stranger was given', async () => {
    const { admin, service } = await start();
    const evil = 'http://evil.example/api/v3';
    const other = await signedIn(service, { team: 'other' });
    await other.post('/onboarding/token', { token: 'x', apiUrl: evil });
    const unsealed = Buffer.from(String(new URLSearchParams({ apiUrl: evil }))).toString(
      'base64url',
    );
    for (const planted of [`rollcall_onboarding=${unsealed}`, onboardingCookieOf(other)]) {
      const headers = { cookie: `${admin.cookie}; ${planted}` };
      expect((await new WebClient(service.url).get('/onboarding', headers)).text).not.toContain(
        evil,
      );
      expect(planted.length).toBeGreaterThan(60);
    }
    const stranger = new WebClient(service.url);
    await stranger.post('/onboarding/token', { token: 'x', apiUrl: evil });
    expect(stranger.cookie).toBe('');
  });

  it('is kept from scripts and from other sites', async () => {
    const { admin } = await start();
    const { headers } = await admin.post('/onboarding/token', { token: 'ghp_wrong' });
    const cookie = headers.getSetCookie().find((one) => one.startsWith('rollcall_onboarding='));
    expect(cookie).toMatch(/^rollcall_onboarding=v1\.[\w-]+; .*Path=\/; .*HttpOnly; SameSite=Lax/);
    const planted = await admin.post(
      '/onboarding/token',
      { token: 'x', apiUrl: 'https://evil.example/api/v3' },
      { 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(planted.status).toBe(403);
    expect((await admin.get('/onboarding')).text).not.toContain('evil.example');
  });
});
