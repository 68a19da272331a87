import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { IntegrationDisconnection } from '../../src/integrations/connecting/integration-disconnection.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { OrganizationHooks } from '../../src/integrations/webhooks/organization-hook.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { Webhooks } from '../../src/integrations/webhooks/webhooks.service.js';
import { HookReceiver, isSigned } from '../simulator/support/hook-receiver.js';
import { requestSync, startConnected } from '../support/runs.js';
import { ways } from '../support/service.js';

const MANAGES = ['read:org', 'admin:org_hook'];

describe.each(ways)("an organization's webhook at GitHub, $way", (way) => {
  async function start(scopes = MANAGES) {
    const receiver = await HookReceiver.start();
    const env = { PUBLIC_URL: new URL(receiver.url).origin };
    const stage = await startConnected(2, { ...way, env, consumes: false });
    const { world, organization, owner, token, service, integration } = stage;
    const allow = (now: string[]) => world.addToken({ token, user: owner, scopes: now });
    allow(scopes);
    const get = <T>(type: new (...args: never[]) => T) => service.app.get(type, { strict: false });
    const { manager } = service.dataSource;
    const row = () => manager.findOneByOrFail(Webhook, { integrationId: integration.id });
    const hooks = get(OrganizationHooks);
    return {
      ...{ ...stage, receiver, allow, get, row, hooks, manager },
      atGithub: () => world.hooks.of(organization),
      address: () => get(Webhooks).url(integration),
      actions: async () => {
        const entries = await manager.find(AuditEntry, { order: { id: 'ASC' } });
        return entries.map(({ action }) => action).filter((action) => /^webhook/.test(action));
      },
    };
  }

  it('is made with the address, the secret and the events, and signed from then on', async () => {
    const { hooks, integration, atGithub, address, row, receiver, simulator, actions } =
      await start();
    expect(await hooks.make(integration)).toBe(true);
    expect(atGithub()).toMatchObject([
      {
        active: true,
        events: ['organization', 'membership', 'team', 'member'],
        config: { url: await address(), contentType: 'json' },
      },
    ]);
    expect((await row()).githubHookId).toBe(atGithub()[0]?.id);
    await simulator.hooks.idle();
    const [ping] = receiver.received;
    expect(ping && isSigned(ping, atGithub()[0]?.config.secret)).toBe(true);
    expect(await actions()).toEqual(['webhook.make']);
  });

  it('is one, whoever asks at the same moment', async () => {
    const { hooks, integration, atGithub, row } = await start();
    const made = await Promise.all([hooks.make(integration), hooks.make(integration)]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(atGithub()).toHaveLength(1);
    expect((await row()).githubHookId).toBe(atGithub()[0]?.id);
  });

  it('takes over one that somebody made with the same address, and sets it right', async () => {
    const { hooks, integration, atGithub, address, world, organization } = await start();
    const config = { url: await address(), contentType: 'form', secret: 'by hand' } as const;
    const { id } = world.hooks.add(organization, { config, events: ['push'], active: false });
    expect(await hooks.make(integration)).toBe(false);
    expect(atGithub()).toMatchObject([{ id, active: true, config: { contentType: 'json' } }]);
    expect(atGithub()[0]?.events).toContain('organization');
  });

  it('follows a new secret', async () => {
    const { hooks, integration, atGithub } = await start();
    await hooks.make(integration);
    const { secret, failure } = await hooks.replaceSecret(integration);
    expect(failure).toBeNull();
    expect(atGithub()).toMatchObject([{ config: { secret } }]);
  });

  it('counts as made by hand where GitHub refuses the new secret, which is told', async () => {
    const { hooks, integration, allow, row, atGithub } = await start();
    await hooks.make(integration);
    allow(['read:org']);
    const { secret, failure } = await hooks.replaceSecret(integration);
    expect(failure).toMatchObject({ code: 'missing_permission' });
    expect(atGithub()[0]?.config.secret).not.toBe(secret);
    expect((await row()).githubHookId).toBeNull();
  });

  it('a new secret is shown also where the credential cannot be read', async () => {
    const { hooks, integration, manager, row } = await start();
    await hooks.make(integration);
    await manager.update(Credential, { id: integration.credentialId }, { sealedSecret: 'none' });
    const { secret, failure } = await hooks.replaceSecret(integration);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(failure).toMatchObject({ code: 'credential_unreadable' });
    expect((await row()).githubHookId).toBeNull();
  });

  it('is refused where the credential lacks the right, and nothing is stored', async () => {
    const { hooks, integration, row, actions } = await start(['read:org']);
    await expect(hooks.make(integration)).rejects.toMatchObject({
      code: 'missing_permission',
      remedy: expect.stringContaining('admin:org_hook'),
    });
    expect((await row()).githubHookId).toBeNull();
    expect(await actions()).toEqual([]);
  });

  it('is removed, and once more does no harm', async () => {
    const { hooks, integration, atGithub, row, actions, organization } = await start();
    await hooks.make(integration);
    organization.rename('acme-renamed');
    await hooks.remove(integration);
    await hooks.remove(integration);
    expect(atGithub()).toEqual([]);
    expect((await row()).githubHookId).toBeNull();
    expect(await actions()).toEqual(['webhook.make', 'webhook.remove']);
  });

  it.each([true, false])(
    'goes with the connection, keeping the directory: %s',
    async (keepDirectory) => {
      const { hooks, integration, atGithub, get } = await start();
      await hooks.make(integration);
      const disconnection = get(IntegrationDisconnection);
      expect(await disconnection.disconnect(integration, { keepDirectory })).toEqual([]);
      expect(atGithub()).toEqual([]);
    },
  );

  it('does not hold up the disconnection, and tells why it is still there', async () => {
    const { hooks, integration, atGithub, get, allow, manager } = await start();
    await hooks.make(integration);
    allow(['read:org']);
    const left = await get(IntegrationDisconnection).disconnect(integration, {
      keepDirectory: true,
    });
    expect(left).toMatchObject([{ code: 'missing_permission' }]);
    expect(atGithub()).toHaveLength(1);
    expect(await manager.count(Webhook)).toBe(0);
  });

  it('stays where the disconnection is refused', async () => {
    const { hooks, integration, atGithub, get, service } = await start();
    await hooks.make(integration);
    await requestSync(service, integration.id);
    const disconnected = get(IntegrationDisconnection).disconnect(integration, {
      keepDirectory: true,
    });
    await expect(disconnected).rejects.toMatchObject({ code: 'member_sync_unfinished' });
    expect(atGithub()).toHaveLength(1);
  });
});
