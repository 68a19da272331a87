import { describe, expect, it } from 'vitest';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { Hint } from '../../src/integrations/hints/hint.entity.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { Webhooks } from '../../src/integrations/webhooks/webhooks.service.js';
import { deliver, memberEvent, type SentDelivery } from '../support/deliveries.js';
import { startGithubWithApp } from '../support/github-apps.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { startWeb } from '../support/web.js';
import { KEEP_HINTS, startReceiving } from './support/receiving.js';

const SECRET = 'the-webhook-secret-of-the-app';

describe.each(ways)('the address of the GitHub App, $way', (way) => {
  /** Two teams with `acme`, one of them with `umbra` as well, all through the App. */
  async function start() {
    const github = await startGithubWithApp();
    const { world, app: githubApp, organization: acme, owner } = github;
    const umbra = world.addOrganization({ login: 'umbra' });
    umbra.join(owner, { role: 'admin' });
    const [ofAcme, ofUmbra] = [acme, umbra].map((one) => world.installApp(githubApp, one));
    if (!ofAcme || !ofUmbra) throw new Error('Nothing was installed.');
    const env = { ...github.env, ...KEEP_HINTS, GITHUB_WEBHOOK_SECRET: SECRET };
    const service = await startWeb({ ...way, env });
    const get = <T>(type: new (...args: never[]) => T) => service.app.get(type, { strict: false });
    const blue = await get(TeamsService).findOrCreate('blue');
    const connect = async (teamId: number, organization: string, installationId: number) =>
      (await get(IntegrationConnector).connect({ teamId, organization, installationId }))
        .integration;
    const first = await connect(1, 'acme', ofAcme.id);
    const second = await connect(blue.id, 'acme', ofAcme.id);
    const other = await connect(blue.id, 'umbra', ofUmbra.id);
    const { manager } = service.dataSource;
    const url = `${service.url}/webhooks/github`;
    return {
      ...{ ...github, acme, umbra, ofAcme, ofUmbra, first, second, other, manager, url, get },
      send: (sent: SentDelivery) => deliver(url, SECRET, sent),
      webhookOf: (integrationId: number | null) =>
        manager.find(Webhook).then((all) => all.find((one) => one.integrationId === integrationId)),
      hints: async () =>
        (await manager.find(Hint, { order: { integrationId: 'ASC' } })).map(
          ({ integrationId, subject }) => ({ integrationId, subject }),
        ),
    };
  }

  it('tells the integrations of the installation in every team', async () => {
    const { acme, ofAcme, ofUmbra, first, second, other, send, hints, webhookOf } = await start();
    const payload = { ...memberEvent(acme.id, { id: 7 }), installation: { id: ofAcme.id } };
    expect(await send({ payload, guid: 'one' })).toMatchObject({
      status: 202,
      body: { delivery: 'one' },
    });
    expect(await send({ payload, guid: 'one' })).toMatchObject({
      status: 202,
      body: { delivery: 'one' },
    });
    expect(await hints()).toEqual([
      { integrationId: first.id, subject: '7' },
      { integrationId: second.id, subject: '7' },
    ]);
    const counted = { accepted: 1, ignored: 0, refused: 0, lastEvent: 'organization.member_added' };
    for (const id of [null, first.id, second.id])
      expect(await webhookOf(id)).toMatchObject(counted);
    expect(await webhookOf(other.id)).toBeUndefined();
    const lies = [{ installation: { id: ofUmbra.id } }, { installation: undefined }];
    for (const lie of lies)
      expect((await send({ payload: { ...payload, ...lie } })).status).toBe(202);
    expect(await hints()).toHaveLength(2);
    expect(await webhookOf(null)).toMatchObject({ accepted: 1, ignored: 2 });
  });

  it('tells that an installation was suspended, which has no organization of its own', async () => {
    const { umbra, ofUmbra, other, send, hints } = await start();
    const installation = { id: ofUmbra.id, account: { id: umbra.id, login: 'umbra' } };
    for (const action of ['suspend', 'unsuspend', 'new_permissions_accepted', 'deleted'])
      expect(
        (await send({ event: 'installation', payload: { action, installation } })).status,
      ).toBe(202);
    expect(await hints()).toEqual([{ integrationId: other.id, subject: '*' }]);
  });

  it('has one address for all, whose secret the page neither shows nor replaces', async () => {
    const { first, second, url, get } = await start();
    for (const integration of [first, second]) {
      expect(await get(Webhooks).url(integration)).toBe(url);
      await expect(get(Webhooks).replaceSecret(integration)).rejects.toMatchObject({
        ...{ status: 409, code: 'webhook_secret_of_app' },
      });
    }
  });

  it('refuses what was signed with another secret', async () => {
    const { url, webhookOf } = await start();
    expect((await deliver(url, 'another')).status).toBe(401);
    expect((await deliver(url, '')).status).toBe(401);
    await until(async () => (await webhookOf(null))?.refused === 2);
  });

  it('tells the integrations of whoever revoked the authorization of the App', async () => {
    const env = { GITHUB_WEBHOOK_SECRET: SECRET };
    const { service, manager, token, owner, integration } = await startReceiving({ ...way, env });
    const connector = service.app.get(IntegrationConnector, { strict: false });
    const connectAs = (kind: 'token' | 'oauth') =>
      connector.connect({ teamId: 1, organization: 'acme', token, kind });
    const revoke = (id: number) =>
      deliver(`${service.url}/webhooks/github`, SECRET, {
        event: 'github_app_authorization',
        payload: { action: 'revoked', sender: { id } },
      });
    await revoke(owner.id);
    expect(await manager.count(Hint)).toBe(0);
    await connectAs('oauth');
    await revoke(owner.id + 1);
    expect(await manager.count(Hint)).toBe(0);
    await revoke(owner.id);
    const hint = { integrationId: integration.id, subject: '*' };
    expect(await manager.find(Hint)).toMatchObject([hint]);
    await manager.clear(Hint);
    // Of a token that an earlier build stored, nobody knows the owner.
    await manager.update(Credential, { kind: 'oauth' }, { ownerId: null });
    await revoke(owner.id + 1);
    expect(await manager.find(Hint)).toMatchObject([hint]);
  });
});
