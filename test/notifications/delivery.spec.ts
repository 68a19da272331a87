import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import {
  channelContext,
  NotificationChannel,
} from '../../src/integrations/outbox/notification-channel.entity.js';
import { SecretKeyRotation } from '../../src/integrations/secret-key/secret-key-rotation.js';
import { NotificationChannels } from '../../src/notifications/channels/notification-channels.service.js';
import { ChannelDeliveries } from '../../src/notifications/delivery/channel-deliveries.service.js';
import { NotificationRetention } from '../../src/notifications/delivery/notification-retention.js';
import { NotificationMessage } from '../../src/notifications/messages/notification-message.entity.js';
import { Secrets } from '../../src/platform/secrets/secrets.js';
import {
  addChannel,
  deliveriesOf,
  NOTIFYING,
  Receiver,
  settled,
  sweep,
  tried,
} from '../support/notifications.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const HOUR = 3_600_000;

afterEach(() => void vi.useRealTimers());

describe.each(ways)('the delivery of messages, $way', (way) => {
  async function start(env = {}) {
    const stage = await startConnected(3, { ...way, env: { ...NOTIFYING, ...env } });
    const { service, integration, organization, world } = stage;
    const receiver = await Receiver.start();
    /** Makes one message for each login. */
    const join = async (...logins: string[]) => {
      for (const login of logins) {
        organization.join(world.addUser({ login }));
        await syncToEnd(service, integration.id);
      }
    };
    await syncToEnd(service, integration.id);
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    return { ...stage, receiver, join, get, manager: service.dataSource.manager };
  }

  /** Moves the clock; the databases' own clocks, by which leases end, go on. */
  const pass = (ms: number) => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

  const namesOf = ({ received }: Receiver) =>
    received.map(({ body }) => ('changes' in body.data ? body.data.changes[0]?.login : undefined));

  it('keeps the order, tries again later, and sends the same id each time', async () => {
    const { service, receiver, join } = await start();
    await addChannel(service, receiver.url);
    receiver.fail(500);
    await join('first', 'second');
    expect(await tried(service, 1)).toMatchObject([
      { state: 'pending', attempts: 1, status: 500, answer: 'It failed.' },
      { state: 'pending', attempts: 0, status: null },
    ]);
    receiver.succeed();
    pass(6_000);
    expect(await settled(service)).toMatchObject([
      { state: 'delivered', attempts: 2, status: 204, error: null },
      { state: 'delivered', attempts: 1 },
    ]);
    expect(namesOf(receiver)).toEqual(['first', 'first', 'second']);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(2);
  });

  it('ends after 3 days of failures, and can be asked for again', async () => {
    const { service, receiver, join, get } = await start();
    const { channel } = await addChannel(service, receiver.url);
    receiver.fail(503);
    await join('first');
    for (let attempts = 1; ; attempts++) {
      const [delivery] = await tried(service, attempts);
      if (delivery?.state === 'dead') break;
      expect(attempts).toBeLessThan(20);
      pass(9 * HOUR);
    }
    const [{ id, attempts = 0 } = { id: 0 }] = await deliveriesOf(service);
    expect(attempts).toBeGreaterThan(8);
    receiver.succeed();
    await get(ChannelDeliveries).redeliver(channel.teamId, id);
    expect(await settled(service)).toMatchObject([
      { state: 'dead' },
      { state: 'delivered', redeliversId: id },
    ]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('waits as long as the receiver asks', async () => {
    const { service, receiver, join } = await start();
    await addChannel(service, receiver.url);
    receiver.fail(429, { 'retry-after': '120' });
    await join('first');
    const [delivery] = await tried(service, 1);
    const pause = (delivery?.nextTryAt.getTime() ?? 0) - (delivery?.lastTriedAt?.getTime() ?? 0);
    expect(pause).toBeGreaterThanOrEqual(120_000);
    expect(pause).toBeLessThan(140_000);
  });

  it('switches a channel off whose receiver answers 410, which the audit log tells', async () => {
    const { service, receiver, join, manager } = await start();
    const { channel } = await addChannel(service, receiver.url);
    receiver.fail(410);
    await join('first');
    expect(await settled(service)).toMatchObject([{ state: 'dead', status: 410 }]);
    expect(await manager.findOneBy(NotificationChannel, { id: channel.id })).toMatchObject({
      disabledAt: expect.any(Date),
      disabledBecause: 'gone',
    });
    const where = { action: 'notification_channel.change' as const };
    expect(await manager.findBy(AuditEntry, where)).toMatchObject([
      { actorKind: 'server', subject: 'Operations', after: { enabled: false, because: 'gone' } },
    ]);
    await join('second');
    expect(await settled(service)).toHaveLength(1);
  });

  it('holds up no other channel where one receiver hangs', async () => {
    const { service, receiver, join } = await start({ NOTIFICATION_TIMEOUT_SECONDS: '1' });
    const hanging = await Receiver.start();
    hanging.answer = () => undefined;
    const { channel: slow } = await addChannel(service, hanging.url);
    const { channel: quick } = await addChannel(service, receiver.url);
    await join('first', 'second');
    await settled(service, quick.id);
    expect(namesOf(receiver)).toEqual(['first', 'second']);
    await tried(service, 3);
    expect(await deliveriesOf(service, slow.id)).toMatchObject([
      { state: 'pending', status: null, error: 'It did not answer within 1 s.' },
      { state: 'pending', attempts: 0 },
    ]);
  });

  it('follows no redirect, and reads only the beginning of an answer', async () => {
    const { service, receiver, join } = await start();
    await addChannel(service, receiver.url);
    receiver.fail(302, { location: `${receiver.url}/elsewhere` });
    await join('first');
    expect(await tried(service, 1)).toMatchObject([
      { status: 302, error: 'It answered with a redirect (302), which is not followed.' },
    ]);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
    let sent = 0;
    receiver.answer = (response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && sent < 100 * 2 ** 20) {
          sent += 2 ** 16;
          if (!response.write('x'.repeat(2 ** 16))) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    pass(6_000);
    const [delivery] = await settled(service);
    expect(delivery?.answer).toBe('x'.repeat(1_024));
    expect(sent).toBeLessThan(16 * 2 ** 20);
  });

  it('does not happen while a channel is off, and goes on when it is on again', async () => {
    const { service, receiver, join, get } = await start();
    const { channel } = await addChannel(service, receiver.url);
    receiver.fail(500);
    await join('first');
    await tried(service, 1);
    await get(NotificationChannels).change(channel, { enabled: false });
    receiver.succeed();
    pass(6_000);
    await join('unheard');
    await sweep(service);
    expect(await deliveriesOf(service)).toMatchObject([{ state: 'pending', attempts: 1 }]);
    await get(NotificationChannels).change(channel, { enabled: true });
    expect(await settled(service)).toHaveLength(1);
    expect(namesOf(receiver)).toEqual(['first', 'first']);
  });

  it('is signed with both secrets for a day after a change of the secret', async () => {
    const { service, receiver, join, get, manager } = await start();
    const { channel, secret: old } = await addChannel(service, receiver.url);
    const { secret: renewed } = await get(NotificationChannels).change(channel, {
      rotateSecret: true,
    });
    const verifies = (secret: string | null) => {
      const { text = '', headers = {} } = receiver.received.at(-1) ?? {};
      const now = Number(headers['webhook-timestamp']) * 1_000;
      vi.useFakeTimers({ toFake: ['Date'], now });
      try {
        return Boolean(new Webhook(secret ?? '').verify(text, headers));
      } catch {
        return false;
      }
    };
    await join('first');
    await settled(service);
    expect([verifies(old), verifies(renewed)]).toEqual([true, true]);
    pass(24 * HOUR + 1_000);
    await join('second');
    await settled(service);
    expect([verifies(old), verifies(renewed)]).toEqual([false, true]);
    const { sealedSecret } = await manager.findOneByOrFail(NotificationChannel, {});
    expect(sealedSecret).not.toContain(renewed);
  });

  it('is readable in Slack', async () => {
    const { service, receiver, join } = await start();
    await addChannel(service, receiver.url, { kind: 'slack' });
    await join('first');
    await settled(service);
    const [{ text = '', headers = {} } = {}] = receiver.received;
    expect(JSON.parse(text)).toEqual({ text: '*acme*: 1 member joined\n• first' });
    expect(headers).not.toHaveProperty('webhook-signature');
  });

  it('is forgotten after 30 days, and ended where a channel stays off', async () => {
    const { service, receiver, join, get, manager } = await start();
    const { channel } = await addChannel(service, receiver.url);
    receiver.fail(500);
    await join('first');
    const [delivery] = await tried(service, 1);
    await get(NotificationChannels).change(channel, { enabled: false });
    const made = delivery?.createdAt.getTime() ?? 0;
    await get(NotificationRetention).prune(new Date(made + 71 * HOUR));
    expect(await deliveriesOf(service)).toMatchObject([{ state: 'pending' }]);
    await get(NotificationRetention).prune(new Date(made + 73 * HOUR));
    expect(await deliveriesOf(service)).toMatchObject([{ state: 'dead' }]);
    await get(NotificationRetention).prune(new Date(made + 721 * HOUR));
    expect(await deliveriesOf(service)).toEqual([]);
    expect(await manager.count(NotificationMessage)).toBe(0);
  });

  it('goes on after a change of the secret key', async () => {
    const [before, now] = ['bb'.repeat(32), 'cc'.repeat(32)];
    const env = { SECRET_KEY: now, SECRET_KEY_PREVIOUS: before };
    const { service, receiver, get, manager } = await start(env);
    const { channel } = await addChannel(service, receiver.url);
    const [old, present] = [before, now].map((key) => new Secrets(Buffer.from(key, 'hex')));
    const context = channelContext(1);
    await manager.update(
      NotificationChannel,
      { id: channel.id },
      {
        sealedAddress: old?.seal(receiver.url, context),
        sealedSecret: old?.seal('whsec_bmV3', context),
        sealedPreviousSecret: old?.seal('whsec_b2xk', context),
      },
    );
    expect(await get(SecretKeyRotation).rotate()).toEqual({ rotated: 3, unreadable: 0 });
    const kept = await manager.findOneByOrFail(NotificationChannel, { id: channel.id });
    expect(
      [kept.sealedAddress, kept.sealedSecret, kept.sealedPreviousSecret].map((sealed) =>
        present?.open(sealed ?? '', context),
      ),
    ).toEqual([receiver.url, 'whsec_bmV3', 'whsec_b2xk']);
  });
});
