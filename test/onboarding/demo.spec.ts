import { describe, expect, it } from 'vitest';
import { DEMO_API_URL } from '../../src/github/demo/demo-github.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { DEMO_MEMBERS, smallDemo } from '../support/demo.js';
import { connect, finished, syncToEnd } from '../support/runs.js';
import { takeBlockedHosts } from '../support/servers/closed-network.js';
import { type ServiceOptions, startGithub, startService } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

async function start(options: ServiceOptions = {}) {
  const demo = smallDemo();
  const service = await startWeb({ startDemo: demo.startDemo, ...options });
  return { ...demo, service, admin: await signedIn(service), manager: service.dataSource.manager };
}

describe('on an embedded server the demo organization', () => {
  it('is connected and synced with one click, without a token or a network', async () => {
    const { service, admin, manager, counts } = await start();
    expect((await admin.get('/onboarding')).text).toContain('Add a demo organization');
    expect(counts.starts, 'not before somebody wants it').toBe(0);
    const connected = await admin.post('/onboarding/demo');
    expect(connected.status).toBe(303);
    const page = await admin.follow(connected);
    expect(page.text).toContain('Connected to northwind-labs. Members syncing in background.');
    const { id, integrationId } = await manager.findOneByOrFail(MemberSyncRun, {
      trigger: 'onboarding',
    });
    expect(await finished(service, id)).toMatchObject({ state: 'complete' });
    expect(await manager.countBy(Member, { integrationId, status: 'active' })).toBe(DEMO_MEMBERS);
    expect(await manager.findOneByOrFail(GithubIntegration, { id: integrationId })).toMatchObject({
      apiUrl: DEMO_API_URL,
      organizationLogin: 'northwind-labs',
    });
    expect(counts.starts).toBe(1);
  });

  it('leads to no page or picture of strangers', async () => {
    const { service, admin } = await start();
    const connected = await admin.post('/onboarding/demo');
    const { id } = await service.dataSource.manager.findOneByOrFail(MemberSyncRun, {});
    await finished(service, id);
    for (const { text } of [await admin.follow(connected), await admin.get('/integrations')]) {
      expect(text).toContain('Simulated for the demo');
      expect(text).not.toMatch(/rollcall\.invalid|(href|src)="http/);
    }
  });

  it('is one, however often it is asked for', async () => {
    const { admin, manager, counts } = await start();
    const both = await Promise.all([
      admin.post('/onboarding/demo'),
      admin.post('/onboarding/demo'),
    ]);
    const again = await admin.post('/onboarding/demo');
    const pages = [...both, again].map(({ headers }) => headers.get('location'));
    expect(new Set(pages).size).toBe(1);
    expect(await manager.count(GithubIntegration)).toBe(1);
    expect(counts.starts).toBe(1);
  });

  it('has the same people after the server was started again, and ends with it', async () => {
    const { service, admin, manager } = await start();
    await admin.post('/onboarding/demo');
    const { id, integrationId } = await manager.findOneByOrFail(MemberSyncRun, {});
    await finished(service, id);
    const { startDemo, counts } = smallDemo();
    const env = { DATABASE_URL: `sqlite:${databasePath(service.config)}` };
    const next = await startService({ startDemo, env });
    const { result } = await syncToEnd(next, integrationId);
    expect(result).toMatchObject({
      total: DEMO_MEMBERS,
      unchanged: DEMO_MEMBERS,
      created: 0,
      deactivated: 0,
    });
    expect(counts).toEqual({ starts: 1, stops: 0 });
    await next.app.close();
    expect(counts.stops).toBe(1);
  });

  it('is for admins', async () => {
    const { service, counts } = await start();
    const member = await signedIn(service, { role: 'member' });
    expect((await member.post('/onboarding/demo')).status).toBe(403);
    expect(counts.starts).toBe(0);
  });
});

function databasePath({ database }: { database: { type: string; path?: string } }): string {
  if (database.path) return database.path;
  throw new Error('It is no file.');
}

describe('elsewhere the demo organization', () => {
  it('is not offered, and the command is named', async () => {
    const { admin, counts } = await start({ dialect: 'mysql', bull: true });
    const { text } = await admin.get('/onboarding');
    expect(text).toContain('npm run demo');
    expect(text).not.toContain('action="/onboarding/demo"');
    const refused = await admin.post('/onboarding/demo');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('npm run demo');
    expect(counts.starts).toBe(0);
  });

  it('cannot be reached under its address either, whatever is allowed', async () => {
    const service = await startWeb({ env: { ALLOW_PRIVATE_API_URLS: 'true' } });
    const admin = await signedIn(service);
    const form = { token: 'ghp_rollcallDemoToken', apiUrl: DEMO_API_URL };
    const { status, text } = await admin.post('/onboarding/token', form);
    expect(status).toBe(422);
    expect(text).toContain('The demo organization is simulated');
  });

  it('ends a sync with what to do', async () => {
    const { simulator, token } = await startGithub();
    const service = await startService({ env: { GITHUB_API_URL: simulator.url } });
    const { id } = await connect(service, token);
    await service.dataSource.manager.update(GithubIntegration, { id }, { apiUrl: DEMO_API_URL });
    expect(await syncToEnd(service, id)).toMatchObject({
      state: 'error',
      errorCode: 'api_url_not_allowed',
      errorRemedy: expect.stringContaining('npm run demo'),
    });
  });
});

it.each([
  'http://demo.rollcall.invalid',
  'https://demo.rollcall.invalid:8443',
  'https://demo.rollcall.invalid.evil.example',
  'https://demo.rollcall.invalid/api/v3',
])('opens no way to anywhere but by its exact address: %s', async (apiUrl) => {
  const { admin, counts } = await start();
  const answer = await admin.post('/onboarding/token', { token: 'ghp_rollcallDemoToken', apiUrl });
  expect(answer.status).toBe(apiUrl.startsWith('http:') ? 422 : 502);
  // Whoever owns such a name may be asked; the simulated GitHub is not.
  expect(takeBlockedHosts().every((host) => apiUrl.includes(host))).toBe(true);
  expect(counts.starts).toBe(0);
});
