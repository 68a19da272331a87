import { describe, expect, it } from 'vitest';
import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { CredentialHealths } from '../../src/integrations/connections/credential-healths.js';
import type { TokenDetails } from '../../src/simulator/token.js';
import { startGithubWithApp } from '../support/github-apps.js';
import { connect, finished, requestSync, syncToEnd } from '../support/runs.js';
import { type ServiceOptions, startGithub, startService, ways } from '../support/service.js';

const END = new Date('2031-12-24T09:30:00.000Z');
const EVERYTHING = { everybody: true, roles: true, twoFactor: true, email: true };

async function start(options: ServiceOptions = {}) {
  const github = await startGithub();
  const env = { GITHUB_API_URL: github.simulator.url };
  const service = await startService({ ...options, env });
  const connectWith = (details: Partial<TokenDetails>) => {
    github.world.addToken({ token: 'ghp_one', user: github.owner, ...details });
    return connect(service, details.token ?? 'ghp_one');
  };
  const kept = () => service.dataSource.manager.findOneByOrFail(Credential, {});
  return { ...github, service, connectWith, kept };
}

describe.each(ways)('the health of a credential, $way', (way) => {
  it('is kept at the connecting, and told without its secret', async () => {
    const { service, connectWith, kept } = await start(way);
    const integration = await connectWith({ expiresAt: END.getTime() });
    const checkedAt = expect.any(Date);
    expect(await kept()).toMatchObject({ expiresAt: END, sees: EVERYTHING, checkedAt });
    const told = await service.app.get(CredentialHealths, { strict: false }).of(integration);
    expect(told).toMatchObject({ kind: 'token', expiresAt: END, sees: EVERYTHING, checkedAt });
    expect(JSON.stringify(told)).not.toContain('ealed');
  });

  it('is looked at by each run, which asks GitHub no more for it', async () => {
    const { service, connectWith, kept, organization, owner, simulator } = await start(way);
    const { id } = await connectWith({});
    expect(await kept()).toMatchObject({ expiresAt: null, sees: EVERYTHING });
    const { id: credentialId } = await kept();
    const unknown = { sees: null, checkedAt: null };
    await service.dataSource.manager.update(Credential, credentialId, unknown);
    organization.setRole(owner, 'member');
    simulator.requests.reset();
    await syncToEnd(service, id);
    expect(await kept()).toMatchObject({
      sees: { ...EVERYTHING, twoFactor: false },
      checkedAt: expect.any(Date),
    });
    expect(simulator.requests.count(/^GET \/user$/)).toBe(1);
  });

  it('is not that of a credential which was replaced while the run went on', async () => {
    const { service, connectWith, kept, simulator, owner, world } = await start(way);
    const { id } = await connectWith({ expiresAt: END.getTime() });
    const held = simulator.faults.on(/^GET \/organizations\/\d+$/).hold();
    const run = await requestSync(service, id);
    await held.arrived;
    world.addToken({ token: 'ghp_two', user: owner, scopes: ['read:org'] });
    await connect(service, 'ghp_two');
    held.release();
    await finished(service, run.id);
    expect(await kept()).toMatchObject({ expiresAt: null, sees: { ...EVERYTHING, email: false } });
  });

  it('stays what it was where a run is refused', async () => {
    const { service, connectWith, kept, world } = await start(way);
    const { id } = await connectWith({ expiresAt: END.getTime() });
    const before = await kept();
    world.revokeToken('ghp_one');
    expect(await syncToEnd(service, id)).toMatchObject({ errorCode: 'bad_credentials' });
    expect(await kept()).toEqual(before);
  });
});

describe('what a credential sees', () => {
  it('is public members only where that was declared', async () => {
    const { service, world, kept } = await start();
    world.addToken({ token: 'ghp_outsider', user: world.addUser(), scopes: [] });
    const connector = service.app.get(IntegrationConnector, { strict: false });
    const request = { teamId: 1, organization: 'acme', token: 'ghp_outsider', publicOnly: true };
    await connector.connect(request);
    expect((await kept()).sees).toEqual({
      everybody: false,
      roles: false,
      twoFactor: false,
      email: false,
    });
  });

  it('is everybody for an installation of a GitHub App, without an end', async () => {
    const github = await startGithubWithApp();
    const { id: installationId } = github.world.installApp(github.app, github.organization);
    const service = await startService({ env: github.env });
    const connector = service.app.get(IntegrationConnector, { strict: false });
    await connector.connect({ teamId: 1, organization: 'acme', installationId });
    expect(await service.dataSource.manager.findOneByOrFail(Credential, {})).toMatchObject({
      kind: 'installation',
      expiresAt: null,
      sees: { ...EVERYTHING, twoFactor: false },
    });
  });
});
