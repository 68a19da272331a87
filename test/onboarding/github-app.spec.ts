import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import type { Config } from '../../src/config/config.js';
import { CONFIG } from '../../src/config/config.module.js';
import { GithubClients } from '../../src/github/client/github-clients.js';
import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { Member } from '../../src/members/member.entity.js';
import type { InstallationOptions, SimInstallation } from '../../src/simulator/apps/app.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startGithubWithApp } from '../support/github-apps.js';
import { finished, requestSync, syncToEnd } from '../support/runs.js';
import { type ServiceOptions, startGithub, ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';
import type { WebClient } from '../support/web-client.js';

async function start(options: ServiceOptions = {}, members = 12) {
  const github = await startGithubWithApp({ members });
  const service = await startWeb({ ...options, env: { ...github.env, ...options.env } });
  const install = (organization = github.organization, options?: InstallationOptions) =>
    github.world.installApp(github.app, organization, options);
  return { ...github, install, service, admin: await signedIn(service) };
}

/** To GitHub and back, as a browser goes. */
async function signIn(admin: WebClient) {
  const begun = await admin.get('/onboarding/github');
  const back = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const { pathname, search } = new URL(back.headers.get('location') ?? '');
  return admin.get(pathname + search);
}

type Started = Awaited<ReturnType<typeof start>>;

const tokensGiven = ({ simulator }: Started): number =>
  simulator.requests.count(/^POST \/app\/installations\/\d+\/access_tokens$/);

async function connected(started: Started) {
  const { admin, service } = started;
  await signIn(admin);
  await admin.post('/onboarding/organizations', { organization: 'acme' });
  const integration = await service.dataSource.manager.findOneByOrFail(GithubIntegration, {});
  return integration;
}

afterEach(() => void vi.useRealTimers());

describe.each(ways)('a GitHub App, $way', (way) => {
  it('is connected by somebody who belongs there, without their token being kept', async () => {
    const started = await start(way);
    const { service, admin, install, owner, simulator, world } = started;
    const installation = install();
    const strangers = world.addOrganization({ login: 'strangers', members: 3 });
    install(strangers);
    // GitHub shows the installation to somebody who works on a repository there, too.
    strangers.collaborators.add(owner);
    const choice = await admin.follow(await signIn(admin));
    expect(choice.text).toContain('value="acme"');
    expect(choice.text).not.toContain('strangers');
    expect(choice.text).toContain('https://github.com/apps/rollcall-test/installations/new');
    const done = await admin.post('/onboarding/organizations', { organization: 'ACME' });
    const page = await admin.follow(done);
    expect(page.text).toContain('Connected to acme. Members syncing in background.');
    const { manager } = service.dataSource;
    const { id } = await manager.findOneByOrFail(GithubIntegration, {});
    const run = await syncToEnd(service, id);
    expect(run).toMatchObject({ state: 'complete', result: { total: 12 } });
    expect(await manager.find(Credential)).toMatchObject([{ kind: 'installation' }]);
    expect(await manager.countBy(Member, { role: 'admin' })).toBe(1);
    expect((await manager.find(Session)).map(({ data }) => data).join()).not.toContain('sealed');
    const asked = simulator.requests.entries.map(({ method, path }) => `${method} ${path}`);
    expect(asked).toContain(`POST /app/installations/${installation.id}/access_tokens`);
  });

  it('goes on when its token ends during a wait', async () => {
    const started = await start(way, 250);
    const { service, install, organization, simulator } = started;
    install();
    const { id } = await connected(started);
    await syncToEnd(service, id);
    organization.join(started.world.addUser());
    const before = tokensGiven(started);
    const held = simulator.faults.on(/members\?.*page=2/).hold();
    const { id: runId } = await requestSync(service, id);
    await held.arrived;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_001 });
    held.release();
    expect(await finished(service, runId)).toMatchObject({
      state: 'complete',
      result: { created: 1, deactivated: 0, total: 251 },
    });
    expect(tokensGiven(started)).toBeGreaterThan(before + 1);
  });

  it('gets another token where GitHub ended one before its time', async () => {
    const started = await start(way, 250);
    const { service, install, world, simulator } = started;
    const installation = install();
    const { id } = await connected(started);
    await syncToEnd(service, id);
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const { id: runId } = await requestSync(service, id);
    await held.arrived;
    world.tokens.revokeAllOf(installation);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    held.release();
    expect(await finished(service, runId)).toMatchObject({ state: 'complete' });
  });

  it.each([
    {
      what: 'suspended',
      code: 'missing_permission',
      remedy: /organizations\/acme\/settings\/installations\/40000001/,
      breaks: (_: Started, installation: SimInstallation) => {
        installation.suspended = true;
      },
    },
    {
      what: 'uninstalled',
      code: 'bad_credentials',
      remedy: /https:\/\/github\.com\/apps\/rollcall-test\/installations\/new/,
      breaks: ({ world }: Started, installation: SimInstallation) =>
        world.uninstallApp(installation),
    },
    {
      what: 'without the permission',
      code: 'missing_permission',
      remedy: /"Members: read".*settings\/installations\/40000001/,
      breaks: (_: Started, installation: SimInstallation) => {
        installation.permissions = { metadata: 'read' };
      },
    },
  ])('that is $what ends the run, removes nobody, and says what to do', async (one) => {
    const started = await start(way);
    const { service, install } = started;
    const installation = install();
    const { id } = await connected(started);
    await syncToEnd(service, id);
    one.breaks(started, installation);
    const run = await syncToEnd(service, id);
    expect(run).toMatchObject({ state: 'error', errorCode: one.code });
    expect(run.errorRemedy).toMatch(one.remedy);
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(12);
  });
});

describe('a GitHub App', () => {
  it('shows no organization to somebody who is no member, whatever name they type', async () => {
    const { service, admin, install, organization, world } = await start();
    install();
    const mallory = world.addUser({ login: 'mallory' });
    organization.collaborators.add(mallory);
    world.signedIn = mallory;
    const choice = await admin.follow(await signIn(admin));
    expect(choice.text).not.toContain('value="acme"');
    expect(choice.text).toContain('not installed in any of your organizations yet');
    const refused = await admin.post('/onboarding/organizations', { organization: 'acme' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('you are not a member of it');
    expect(await service.dataSource.manager.count(Credential)).toBe(0);
  });

  it('is found behind a hundred others', async () => {
    const { service, admin, install, owner, world } = await start();
    for (let i = 0; i < 100; i++) {
      const other = world.addOrganization({ login: `other-${i}` });
      other.collaborators.add(owner);
      install(other);
    }
    install();
    expect((await admin.follow(await signIn(admin))).text).toContain('value="acme"');
    await admin.post('/onboarding/organizations', { organization: 'acme' });
    expect(await service.dataSource.manager.count(GithubIntegration)).toBe(1);
  });

  it.each([
    { lacks: { permissions: { metadata: 'read' } }, says: 'Members: read' },
    { lacks: { suspended: true }, says: 'is suspended' },
  ])('that has $lacks is shown, and refused at once with where to mend it', async (one) => {
    const { admin, install, organization, service, world } = await start();
    const { id } = install(organization, one.lacks);
    world.signedIn = organization.members[0];
    expect((await admin.follow(await signIn(admin))).text).toContain('value="acme"');
    const refused = await admin.post('/onboarding/organizations', { organization: 'acme' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(one.says);
    expect(refused.text).toContain(`settings/installations/${id}`);
    expect(await service.dataSource.manager.count(Credential)).toBe(0);
  });

  it('that is suspended in the middle of a list ends the run, and says so', async () => {
    const started = await start({}, 250);
    const { service, install, simulator } = started;
    const installation = install();
    const { id } = await connected(started);
    await syncToEnd(service, id);
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const { id: runId } = await requestSync(service, id);
    await held.arrived;
    installation.suspended = true;
    held.release();
    expect(await finished(service, runId)).toMatchObject({
      state: 'error',
      errorCode: 'missing_permission',
      errorMessage: 'The installation of the GitHub App is suspended.',
    });
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(250);
  });

  it('with a wrong key says so, and that its operator mends it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const wrong = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { admin, install } = await start({ env: { GITHUB_APP_PRIVATE_KEY: wrong } });
    install();
    const choice = await admin.follow(await signIn(admin));
    expect(choice.status).toBe(422);
    expect(choice.text).toContain('rejected the private key of the GitHub App');
    expect(choice.text).toContain('GITHUB_APP_PRIVATE_KEY');
    expect(choice.text).not.toContain('PRIVATE KEY-----');
  });

  it('reads no organization with the installation of another', async () => {
    const { service, install, world } = await start();
    const other = install(world.addOrganization({ login: 'strangers', members: 3 }));
    const connector = service.app.get(IntegrationConnector, { strict: false });
    const asked = connector.connect({ teamId: 1, organization: 'acme', installationId: other.id });
    await expect(asked).rejects.toMatchObject({ code: 'visibility_reduced' });
    expect(await service.dataSource.manager.count(Credential)).toBe(0);
  });

  it('is not shown to another GitHub than its own', async () => {
    const { service, install } = await start();
    const { id: installationId } = install();
    const another = await startGithub();
    const clients = service.app.get(GithubClients, { strict: false });
    const credential = { kind: 'installation', installationId } as const;
    const config = service.app.get<Config>(CONFIG);
    config.github.allowPrivateApiUrls = true;
    expect(() => clients.for({ apiUrl: another.simulator.url, credential })).toThrow(/GitHub App/);
  });

  it('takes the place of a token, and keeps members and runs', async () => {
    const started = await start();
    const { service, admin, install, token } = started;
    await admin.post('/onboarding/token', { token });
    await admin.post('/onboarding/organizations', { organization: 'acme' });
    install();
    await signIn(admin);
    const done = await admin.post('/onboarding/organizations', { organization: 'acme' });
    expect((await admin.follow(done)).text).toContain('The GitHub App replaced the credential');
    const { manager } = service.dataSource;
    expect(await manager.find(Credential)).toMatchObject([{ kind: 'installation' }]);
    expect(await manager.count(GithubIntegration)).toBe(1);
  });
});
