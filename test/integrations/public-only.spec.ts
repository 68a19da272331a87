import { describe, expect, it } from 'vitest';
import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { finished, reload, syncToEnd } from '../support/runs.js';
import { type ServiceOptions, startGithub, ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

const TOKEN = 'ghp_OfAnOutsider';

/** An organization of which the token's owner is no member, and three of twelve show that they are. */
async function start(options: ServiceOptions = {}) {
  const github = await startGithub({ members: 9 });
  const { world, organization, simulator } = github;
  world.addToken({ token: TOKEN, user: world.addUser({ login: 'outsider' }) });
  const shown = [world.addUser(), world.addUser(), world.addUser()];
  for (const user of shown) organization.join(user, { public: true });
  const service = await startWeb({ ...options, env: { GITHUB_API_URL: simulator.url } });
  return { ...github, shown, service, admin: await signedIn(service) };
}

type Started = Awaited<ReturnType<typeof start>>;

/** The way of somebody who finds out that they see public members only, and wants that. */
async function declare({ admin, service }: Started): Promise<GithubIntegration> {
  await admin.post('/onboarding/token', { token: TOKEN });
  const refused = await admin.post('/onboarding/organizations', { organization: 'acme' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('choose “Public members only”');
  expect(refused.text).toContain('name="publicOnly" value="yes"');
  expect(refused.text).not.toContain('name="publicOnly" value="yes" checked');
  const form = { organization: 'acme', publicOnly: 'yes' };
  expect((await admin.post('/onboarding/organizations', form)).status).toBe(303);
  const { manager } = service.dataSource;
  const { id } = await manager.findOneByOrFail(MemberSyncRun, {});
  await finished(service, id);
  return manager.findOneByOrFail(GithubIntegration, {});
}

const active = ({ service }: Started) =>
  service.dataSource.manager.find(Member, { where: { status: 'active' }, order: { id: 'ASC' } });

describe.each(ways)('an integration for public members only, $way', (way) => {
  it('is declared on purpose, keeps those people, and says so on its pages', async () => {
    const started = await start(way);
    const { admin, shown } = started;
    const { id, publicOnly } = await declare(started);
    expect(publicOnly).toBe(true);
    const members = await active(started);
    expect(new Set(members.map(({ login }) => login))).toEqual(
      new Set(shown.map(({ login }) => login)),
    );
    for (const member of members)
      expect(member).toMatchObject({ role: null, twoFactorEnabled: null });
    for (const page of ['/integrations', `/integrations/github/${id}/members`])
      expect((await admin.get(page)).text).toContain('Public members only');
    expect((await admin.get(`/integrations/github/${id}/members`)).text).toContain(
      'no longer a public member',
    );
  });

  it('takes for gone who does not show it any more', async () => {
    const started = await start(way);
    const { service, organization, shown } = started;
    const { id } = await declare(started);
    const [hidden] = shown;
    if (!hidden) throw new Error('Nobody is shown.');
    organization.setPublic(hidden, false);
    expect(await syncToEnd(service, id)).toMatchObject({
      state: 'complete',
      result: { deactivated: 1, total: 2 },
    });
    expect((await active(started)).map(({ githubId }) => githubId)).not.toContain(hidden.id);
  });

  it('becomes a whole one when it is connected again with a token of a member', async () => {
    const started = await start(way);
    const { service, admin, token } = started;
    const { id } = await declare(started);
    const connector = service.app.get(IntegrationConnector, { strict: false });
    await connector.connect({ teamId: 1, organization: 'acme', token });
    expect((await reload(service, id)).publicOnly).toBe(false);
    expect(await syncToEnd(service, id)).toMatchObject({
      state: 'complete',
      result: { created: 9, updated: 3, deactivated: 0, total: 12 },
    });
    expect((await admin.get('/integrations')).text).not.toContain('Public members only');
  });
});

it('is never what a whole integration turns into by itself', async () => {
  const started = await start();
  const { service, organization, owner, token } = started;
  const connector = service.app.get(IntegrationConnector, { strict: false });
  const request = { teamId: 1, organization: 'acme', token };
  const { integration } = await connector.connect(request);
  await syncToEnd(service, integration.id);
  organization.leave(owner);
  expect(await syncToEnd(service, integration.id)).toMatchObject({
    state: 'error',
    errorCode: 'visibility_reduced',
  });
  expect(await active(started)).toHaveLength(12);
  // Declared then, the others are too many to be removed without a look.
  await connector.connect({ ...request, publicOnly: true });
  expect(await syncToEnd(service, integration.id)).toMatchObject({
    state: 'complete',
    result: { total: 3, held: 9, deactivated: 0 },
  });
});
