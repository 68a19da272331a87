import { describe, expect, it } from 'vitest';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { Webhooks } from '../../src/integrations/webhooks/webhooks.service.js';
import { PeriodicNotices } from '../../src/notifications/messages/periodic-notices.js';
import { addChannel, NOTIFYING, Receiver, settled } from '../support/notifications.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const DAY = 86_400_000;

describe.each(ways)('what no run finds, $way', (way) => {
  async function start() {
    const stage = await startConnected(3, { ...way, env: NOTIFYING });
    const { service } = stage;
    const receiver = await Receiver.start();
    await addChannel(service, receiver.url, { events: ['credential.expiring', 'webhook.silent'] });
    const notices = service.app.get(PeriodicNotices, { strict: false });
    const told = async (at: Date) => {
      await notices.tell(at);
      await settled(service);
      return receiver.received.splice(0).map(({ body }) => body);
    };
    return { ...stage, told, manager: service.dataSource.manager };
  }

  it('is that a credential expires within a week, told once', async () => {
    const { integration, told, manager } = await start();
    const expiresAt = new Date('2027-03-10T12:00:00.000Z');
    await manager.update(Credential, { id: integration.credentialId }, { expiresAt });
    const daysBefore = (days: number) => new Date(expiresAt.getTime() - days * DAY);
    expect(await told(daysBefore(8))).toEqual([]);
    expect(await told(daysBefore(6))).toMatchObject([
      {
        type: 'credential.expiring',
        data: {
          ...{ integration: { id: integration.id }, run: null, before: null },
          after: { expiresAt: expiresAt.toISOString() },
        },
      },
    ]);
    expect(await told(daysBefore(5))).toEqual([]);
    const later = new Date(expiresAt.getTime() + 90 * DAY);
    await manager.update(Credential, { id: integration.credentialId }, { expiresAt: later });
    expect(await told(expiresAt)).toEqual([]);
    expect(await told(new Date(later.getTime() - DAY))).toHaveLength(1);
  });

  it('is that a webhook tells nothing of what syncs find, told once', async () => {
    const { service, integration, told, manager } = await start();
    await service.app.get(Webhooks, { strict: false }).of(integration.id);
    const { id } = await syncToEnd(service, integration.id);
    const now = new Date();
    expect(await told(now)).toEqual([]);
    const lastDeliveryAt = new Date(now.getTime() - 2 * DAY);
    await manager.update(Webhook, { integrationId: integration.id }, { lastDeliveryAt });
    expect(await told(now)).toEqual([]);
    await manager.update(MemberSyncRun, { id }, { missed: 2 });
    expect(await told(now)).toMatchObject([
      { type: 'webhook.silent', data: { after: { lastDeliveryAt: lastDeliveryAt.toISOString() } } },
    ]);
    expect(await told(now)).toEqual([]);
    await manager.update(Webhook, { integrationId: integration.id }, { lastDeliveryAt: now });
    expect(await told(new Date(now.getTime() + 2 * DAY))).toEqual([]);
  });
});
