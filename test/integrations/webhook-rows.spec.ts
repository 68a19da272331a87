import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { CONFIG } from '../../src/config/config.module.js';
import { IntegrationDisconnection } from '../../src/integrations/connecting/integration-disconnection.js';
import { RunRetention } from '../../src/integrations/runs/run-retention.js';
import { SecretKeyRotation } from '../../src/integrations/secret-key/secret-key-rotation.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { WebhookDelivery } from '../../src/integrations/webhooks/webhook-delivery.entity.js';
import { webhookContext } from '../../src/integrations/webhooks/webhook-secret.js';
import { insertRows } from '../../src/platform/database/insert-rows.js';
import { Secrets } from '../../src/platform/secrets/secrets.js';
import { startConnected } from '../support/runs.js';
import { ways } from '../support/service.js';

const URL_KEY = '0123456789abcdef'.repeat(2);

describe.each(ways)('what receives deliveries, $way', (way) => {
  async function start(env = {}) {
    const stage = await startConnected(3, { ...way, env, consumes: false });
    const { app, dataSource } = stage.service;
    return { ...stage, app, manager: dataSource.manager };
  }

  it.each([true, false])(
    'goes with the connection, where the directory stays: %s',
    async (keepDirectory) => {
      const { app, manager, integration } = await start();
      const at = new Date();
      const { id: webhookId } = await manager.save(Webhook, {
        ...{ integrationId: integration.id, urlKey: URL_KEY, sealedSecret: 'v1.AAAA' },
        createdAt: at,
      });
      await manager.insert(WebhookDelivery, { webhookId, guid: 'one', receivedAt: at });
      await app
        .get(IntegrationDisconnection, { strict: false })
        .disconnect(integration, { keepDirectory });
      expect(await manager.count(Webhook)).toBe(0);
      expect(await manager.count(WebhookDelivery)).toBe(0);
    },
  );

  it('forgets deliveries after 7 days', async () => {
    const { app, manager, integration } = await start();
    const createdAt = new Date('2026-03-01T00:00:00Z');
    const row = { integrationId: integration.id, urlKey: URL_KEY, sealedSecret: '', createdAt };
    const { id: webhookId } = await manager.save(Webhook, row);
    const deliveries = Array.from({ length: 2_500 }, (_, i) => ({
      ...{ webhookId, guid: `guid-${i}` },
      receivedAt: new Date(createdAt.getTime() + Math.floor(i / 10) * 1_000),
    }));
    await insertRows(manager, WebhookDelivery, deliveries);
    const retention = new RunRetention(app.get(DataSource), app.get(CONFIG));
    await retention.prune(new Date('2026-03-08T00:00:00Z'));
    expect(await manager.count(WebhookDelivery)).toBe(2_500);
    await retention.prune(new Date('2026-03-08T00:04:09Z'));
    const left = await manager.find(WebhookDelivery);
    expect(left.map(({ guid }) => guid).sort()).toEqual(
      deliveries.slice(-10).map(({ guid }) => guid),
    );
  });

  it('has both secrets sealed anew where the key is rotated', async () => {
    const [old, current] = ['bb', 'cc'].map((byte) => Buffer.from(byte.repeat(32), 'hex'));
    if (!old || !current) throw new Error('There are no keys.');
    const { app, manager, integration } = await start({
      SECRET_KEY: current.toString('hex'),
      SECRET_KEY_PREVIOUS: old.toString('hex'),
    });
    const before = new Secrets(old);
    const context = webhookContext(URL_KEY);
    await manager.save(Webhook, {
      ...{ integrationId: integration.id, urlKey: URL_KEY, createdAt: new Date() },
      sealedSecret: before.seal('new', context),
      sealedPreviousSecrets: before.seal('old', context),
    });
    expect(await app.get(SecretKeyRotation, { strict: false }).rotate()).toEqual({
      rotated: 2,
      unreadable: 0,
    });
    const kept = await manager.findOneByOrFail(Webhook, {});
    const after = new Secrets(current);
    expect(after.open(kept.sealedSecret, context)).toBe('new');
    expect(after.open(kept.sealedPreviousSecrets ?? '', context)).toBe('old');
  });
});
