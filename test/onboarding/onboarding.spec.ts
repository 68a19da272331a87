import { describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { GithubClients } from '../../src/github/client/github-clients.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberSyncSweeper } from '../../src/integrations/runs/member-sync-sweeper.js';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { finished, syncToEnd } from '../support/runs.js';
import { type ServiceOptions, startGithub, ways } from '../support/service.js';
import { signedIn, startWeb, type WebService } from '../support/web.js';
import type { WebClient } from '../support/web-client.js';

async function start(options: ServiceOptions = {}) {
  const github = await startGithub({ members: 12 });
  const env = { GITHUB_API_URL: github.simulator.url, ...options.env };
  const service = await startWeb({ ...options, env });
  const admin = await signedIn(service);
  return { ...github, service, admin };
}

const choose = (client: WebClient, organization = 'acme') =>
  client.post('/onboarding/organizations', { organization });

async function stored({ dataSource: { manager } }: WebService) {
  return {
    integrations: await manager.count(GithubIntegration),
    credentials: await manager.count(Credential),
    runs: await manager.count(MemberSyncRun),
  };
}

const onlyRun = ({ dataSource }: WebService) =>
  dataSource.manager.findOneByOrFail(MemberSyncRun, { trigger: 'onboarding' });

describe.each(ways)('connecting an organization, $way', (way) => {
  it('queues the first run and redirects at once, while GitHub holds back the members', async () => {
    const { simulator, service, admin, token } = await start(way);
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    expect((await admin.get('/onboarding')).text).toContain('read:org');
    const accepted = await admin.post('/onboarding/token', { token });
    expect([accepted.status, accepted.headers.get('location')]).toEqual([
      303,
      '/onboarding/organizations',
    ]);
    const choice = await admin.follow(accepted);
    expect(choice.text).toContain(
      'type="radio" class="radio radio-primary radio-sm" name="organization" value="acme"',
    );
    const connected = await choose(admin);
    expect(connected.status).toBe(303);
    expect(connected.text).not.toContain('12 ');
    await held.arrived;
    const page = await admin.follow(connected);
    expect(page.text).toContain('Connected to acme. Members syncing in background.');
    expect(page.text).toContain('Syncing');
    expect((await admin.follow(connected)).text).not.toContain('Connected to acme');
    held.release();
    const run = await finished(service, (await onlyRun(service)).id);
    expect(run).toMatchObject({ state: 'complete', requestedBy: 'admin@default.example' });
    expect((await admin.follow(connected)).text).toContain('12 members on GitHub');
    for (const { text } of [choice, connected, page]) expect(text).not.toContain(token);
  });

  it('succeeds where the queue cannot be reached, and a sweep hands the run over', async () => {
    const { service, admin, token } = await start(way);
    const down = vi.spyOn(service.queue, 'add').mockRejectedValue(new Error('no Redis'));
    await admin.post('/onboarding/token', { token });
    const page = await admin.follow(await choose(admin));
    expect(page.text).toContain('Connected to acme. Members syncing in background.');
    expect(page.text).toContain('Waiting for a worker');
    const { id, state, handedOverAt } = await onlyRun(service);
    expect([state, handedOverAt]).toEqual(['queued', null]);
    down.mockRestore();
    await service.app.get(MemberSyncSweeper, { strict: false }).sweep();
    expect(await finished(service, id)).toMatchObject({ state: 'complete' });
  });

  it('replaces the credential of a connected organization, and keeps members and runs', async () => {
    const { service, admin, token, world, owner } = await start(way);
    await admin.post('/onboarding/token', { token });
    await choose(admin);
    const { id, integrationId } = await onlyRun(service);
    await finished(service, id);
    world.addToken({ token: 'ghp_TheNextToken', user: owner });
    world.revokeToken(token);
    await admin.post('/onboarding/token', { token: 'ghp_TheNextToken' });
    const unclear = await choose(admin, 'https://github.com/acme/repository');
    expect(unclear.status).toBe(422);
    expect(unclear.text).toContain('The organization name is not valid');
    const page = await admin.follow(await choose(admin, 'https://github.com/orgs/ACME/people'));
    expect(page.text).toContain('The token replaced the one used before');
    expect(await stored(service)).toEqual({ integrations: 1, credentials: 1, runs: 2 });
    expect(await service.dataSource.manager.countBy(Member, { integrationId })).toBe(12);
    expect(await syncToEnd(service, integrationId)).toMatchObject({ state: 'complete' });
  });

  it('takes two clicks for one', async () => {
    const { service, admin, token } = await start(way);
    await admin.post('/onboarding/token', { token });
    const [first, second] = await Promise.all([choose(admin), choose(admin)]);
    const page = first.headers.get('location');
    expect(page).toMatch(/^\/integrations\/github\/\d+\/members$/);
    expect(second.headers.get('location')).toBe(page);
    expect((await choose(admin)).headers.get('location')).toBe(page);
    expect(await stored(service)).toMatchObject({ integrations: 1, credentials: 1 });
  });
});

describe('a token', () => {
  it('is kept encrypted until it is used, and is forgotten then', async () => {
    const { service, admin, token } = await start();
    const sessions = async () =>
      (await service.dataSource.manager.find(Session)).map(({ data }) => data).join();
    await admin.post('/onboarding/token', { token });
    expect(await sessions()).toMatch(/"onboarding":\{"sealed":"v1\./);
    expect(await sessions()).not.toContain(token);
    await choose(admin);
    expect(await sessions()).not.toContain('sealed');
    expect((await admin.get('/onboarding/organizations')).headers.get('location')).toBe(
      '/onboarding',
    );
  });

  it('is forgotten after an hour, and with signing out', async () => {
    const { service, admin, token } = await start();
    await admin.post('/onboarding/token', { token });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_001 });
    try {
      expect((await choose(admin)).headers.get('location')).toBe('/onboarding');
    } finally {
      vi.useRealTimers();
    }
    await admin.post('/onboarding/token', { token });
    await admin.post('/sign-out');
    expect(await service.dataSource.manager.count(Session)).toBe(0);
    const again = await signedIn(service);
    expect((await choose(again)).headers.get('location')).toBe('/onboarding');
    expect(await stored(service)).toEqual({ integrations: 0, credentials: 0, runs: 0 });
  });

  it.each([
    { what: 'an empty one', token: ' ', says: 'The token is empty.' },
    { what: 'a wrong one', token: 'ghp_wrong', says: 'GitHub rejected the token' },
    { what: 'a broken one', token: 'ghp_a\u0000b ü', says: 'an invalid character' },
    { what: 'one without the scope', token: 'ghp_NoScope', says: 'read:org' },
  ])('$what is refused with the reason, and nothing is stored', async ({ token, says }) => {
    const { service, admin, world, owner, simulator } = await start();
    world.addToken({ token: 'ghp_NoScope', user: owner, scopes: ['repo'] });
    const apiUrl = `${simulator.url}/`;
    const { status, text } = await admin.post('/onboarding/token', { token, apiUrl });
    expect(status).toBe(422);
    expect(text).toContain(says);
    expect(text).toContain('role="alert"');
    expect(text).toContain(`value="${apiUrl}"`);
    if (token.trim()) expect(text).not.toContain(token);
    expect((await choose(admin)).headers.get('location')).toBe('/onboarding');
    expect(await stored(service)).toEqual({ integrations: 0, credentials: 0, runs: 0 });
  });

  it('that was revoked in between is refused with the reason', async () => {
    const { service, admin, world, token } = await start();
    await admin.post('/onboarding/token', { token });
    world.revokeToken(token);
    const { status, text } = await choose(admin);
    expect(status).toBe(422);
    expect(text).toContain('GitHub rejected the token');
    expect(await stored(service)).toEqual({ integrations: 0, credentials: 0, runs: 0 });
  });

  it('is not blamed when GitHub is down, and need not be pasted again', async () => {
    const { service, admin, simulator, token } = await start();
    simulator.faults.on(/^GET \/user$/, { times: Number.POSITIVE_INFINITY }).status(503);
    const first = await admin.post('/onboarding/token', { token });
    const second = await admin.get('/onboarding/organizations');
    for (const { status, text } of [first, second]) {
      expect(status).toBe(502);
      expect(text).toContain('GitHub answered with 503.');
      expect(text).toMatch(/href="\/onboarding\/organizations">Check the token again</);
      expect(text).not.toContain(token);
    }
    simulator.faults.clear();
    expect((await admin.get('/onboarding/organizations')).text).toContain('value="acme"');
    expect((await admin.get('/onboarding')).text).toContain('Your token was accepted');
    expect((await choose(admin)).headers.get('location')).toMatch(/members$/);
    expect(await stored(service)).toMatchObject({ integrations: 1 });
  });

  it('need not be pasted again where only the address was wrong', async () => {
    const { admin, simulator, token } = await start({
      env: { ALLOW_PRIVATE_API_URLS: 'true' },
    });
    const wrong = 'http://127.0.0.1:1/api/v3';
    const { status, text } = await admin.post('/onboarding/token', { token, apiUrl: wrong });
    expect(status).toBe(502);
    expect(text).toContain('You do not need to paste it again');
    expect(text).not.toMatch(/name="token"[^>]* required/);
    const corrected = { token: '', apiUrl: simulator.url };
    const checked = await admin.post('/onboarding/token', corrected);
    expect(checked.headers.get('location')).toBe('/onboarding/organizations');
    expect((await admin.follow(checked)).text).toContain('value="acme"');
    const again = await admin.post('/onboarding/token', corrected);
    expect(again.text, 'one that was checked goes to no other address').toContain('token is empty');
  });

  it('that turns out to be a wrong one, once GitHub is up again, is forgotten', async () => {
    const { admin, simulator, world, token } = await start();
    simulator.faults.on(/^GET \/user$/, { times: Number.POSITIVE_INFINITY }).status(503);
    await admin.post('/onboarding/token', { token });
    simulator.faults.clear();
    world.revokeToken(token);
    const { status, text } = await admin.get('/onboarding/organizations');
    expect(status).toBe(422);
    expect(text).toContain('GitHub rejected the token');
    expect((await admin.get('/onboarding')).text).not.toContain('href="/onboarding/organizations"');
  });

  it.each([
    { scopes: ['read:org', 'read:user'], says: 'It can read public email addresses.' },
    { scopes: ['read:org'], says: 'It cannot read email addresses' },
  ])('with the scopes $scopes says whose it is, and what it sees', async ({ scopes, says }) => {
    const { admin, world, owner } = await start();
    world.addToken({ token: 'ghp_Scoped', user: owner, scopes });
    const { text } = await admin.follow(
      await admin.post('/onboarding/token', { token: 'ghp_Scoped' }),
    );
    expect(text).toContain('GitHub accepted the token of <bdi>olga-owner</bdi>.');
    expect(text).toContain(says);
  });

  it.each([
    'nonsense',
    'ftp://github.example',
    'https://10.0.0.1/api/v3',
    'http://169.254.169.254/',
    'https://github.com@127.0.0.1/api/v3',
    'https://user:password@github.example/api/v3',
    'https://github.example/api/v3?to=127.0.0.1',
  ])('is sent to no such address: %s', async (apiUrl) => {
    const { admin, token } = await start();
    const { status, text } = await admin.post('/onboarding/token', { token, apiUrl });
    expect(status).toBe(422);
    expect(text).toContain('API address');
    expect(text).not.toContain(token);
  });
});

describe('an organization', () => {
  it.each([
    { name: '', says: 'No organization was chosen.' },
    { name: 'nobody-has-this', says: 'The organization does not exist on GitHub' },
    { name: '../users/olga-owner', says: 'GitHub' },
    { name: 'elsewhere', says: 'not a member of elsewhere' },
    { name: '<b>acme</b>', says: 'The organization' },
  ])("named '$name' is refused, and leaves nothing half-made", async ({ name, says }) => {
    const { service, admin, world, token } = await start();
    world.addOrganization({ login: 'elsewhere', members: 2 });
    await admin.post('/onboarding/token', { token });
    const { status, text } = await choose(admin, name);
    expect(status).toBe(422);
    expect(text).toContain(says);
    expect(text).not.toContain('<b>acme</b>');
    expect(await stored(service)).toEqual({ integrations: 0, credentials: 0, runs: 0 });
    expect((await choose(admin)).headers.get('location')).toMatch(/members$/);
  });

  it('can be named where GitHub lists none, as for a fine-grained token', async () => {
    const { service, admin, world, owner } = await start();
    world.addToken({ token: 'github_pat_Fine', user: owner, kind: 'fine-grained' });
    await admin.post('/onboarding/token', { token: 'github_pat_Fine' });
    const { text } = await admin.get('/onboarding/organizations');
    expect(text).not.toContain('type="radio"');
    expect(text).toMatch(/<input\s+class="input w-full text-base"\s+name="organization"/);
    await choose(admin);
    expect(await stored(service)).toMatchObject({ integrations: 1, runs: 1 });
  });
});

it('is for admins, and starts with the token', async () => {
  const { service, admin } = await start();
  expect((await admin.get('/onboarding/organizations')).headers.get('location')).toBe(
    '/onboarding',
  );
  expect((await choose(admin)).headers.get('location')).toBe('/onboarding');
  const member = await signedIn(service, { role: 'member' });
  expect((await member.get('/onboarding')).status).toBe(403);
  expect((await member.post('/onboarding/token', { token: 'x' })).status).toBe(403);
  expect((await choose(member)).status).toBe(403);
});

it('asks whatever client the tests put in place of GitHub', async () => {
  const client = {
    viewer: async () => ({ id: 1, login: 'olga', scopes: ['read:org'] }),
    organizations: async () => [{ id: 2, login: 'scripted', avatar_url: '' }],
  };
  const service = await startWeb({
    override: (builder) => builder.overrideProvider(GithubClients).useValue({ for: () => client }),
  });
  const admin = await signedIn(service);
  const { text } = await admin.follow(await admin.post('/onboarding/token', { token: 'x' }));
  expect(text).toContain('value="scripted"');
});
