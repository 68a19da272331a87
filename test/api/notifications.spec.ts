import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import type {
  ChannelResponse,
  ChannelWithSecretResponse,
} from '../../src/api/notifications/channel.response.js';
import type {
  ChannelTestResponse,
  DeliveryResponse,
} from '../../src/api/notifications/delivery.response.js';
import type { Page } from '../../src/api/shared/page.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { MailServer } from '../support/mail-server.js';
import { NOTIFYING, Receiver, sweep } from '../support/notifications.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

const CHANNELS = '/api/v1/notification-channels';

describe.each(ways)('notification channels over the API, $way', (way) => {
  async function start(env: Record<string, string> = NOTIFYING) {
    const stage = await connected({ ...way, env });
    const receiver = await Receiver.start();
    const settings = {
      ...{ kind: 'webhook', name: 'Operations', address: receiver.url },
      events: ['run.failed', 'member.joined'],
    };
    const create = (changed: object = {}) =>
      stage.api.post<ChannelWithSecretResponse & ProblemResponse>(CHANNELS, {
        ...settings,
        ...changed,
      });
    return { ...stage, receiver, create };
  }

  it('are made, changed and deleted; a secret is shown once', async () => {
    const { api, create, receiver } = await start();
    const made = await create();
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...{ kind: 'webhook', name: 'Operations', host: new URL(receiver.url).host },
        ...{ events: ['member.joined', 'run.failed'], integrationIds: null, enabled: true },
        secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
      },
    });
    const { id, secret } = made.body;
    const { body: list } = await api.get<Page<ChannelResponse>>(CHANNELS);
    expect(list).toMatchObject({ items: [{ id, name: 'Operations' }], nextCursor: null });
    expect(JSON.stringify(list)).not.toContain('/hook');
    expect(list.items[0]).not.toHaveProperty('secret');
    const path = `${CHANNELS}/${id}`;
    const off = { name: 'Audit', events: ['member.left'], enabled: false };
    expect(await api.patch(path, off)).toMatchObject({
      status: 200,
      body: { ...off, disabledBecause: 'by_admin', secret: null },
    });
    const rotated = await api.patch<ChannelWithSecretResponse>(path, { rotateSecret: true });
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect(rotated.body.secret).not.toBe(secret);
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.get<Page<ChannelResponse>>(CHANNELS)).body.items).toEqual([]);
  });

  it('are tested, and show how it went', async () => {
    const { api, create, receiver } = await start();
    const { id, secret } = (await create()).body;
    const test = () => api.post<ChannelTestResponse>(`${CHANNELS}/${id}/test`);
    expect((await test()).body).toMatchObject({ delivered: true, status: 204, error: null });
    const [{ text = '', headers = {} } = {}] = receiver.received;
    expect(new Webhook(secret ?? '').verify(text, headers)).toMatchObject({
      type: 'channel.test',
      data: { integration: null, run: null },
    });
    receiver.fail(500);
    expect(await test()).toMatchObject({
      status: 200,
      body: { delivered: false, status: 500, answer: 'It failed.' },
    });
  });

  it('show their deliveries, and send one again', async () => {
    const { api, app, dataSource, id: integrationId, create, receiver } = await start();
    const { id } = (await create()).body;
    receiver.fail(500);
    await finishedRun(api, integrationId);
    const list = async (query = '') =>
      (await api.get<Page<DeliveryResponse>>(`${CHANNELS}/${id}/deliveries${query}`)).body;
    const service = { app, dataSource };
    const settledAs = (state: string, attempts: number) =>
      until(async () => {
        await sweep(service);
        const [one] = (await list()).items;
        return one?.state === state && one.attempts === attempts && one;
      });
    const failed = await settledAs('pending', 1);
    expect(failed).toMatchObject({
      ...{ type: 'member.joined', integrationId, status: 500, answer: 'It failed.' },
      nextTryAt: expect.any(String),
    });
    receiver.succeed();
    const redeliver = (delivery: number) =>
      api.post<DeliveryResponse & ProblemResponse>(`/api/v1/deliveries/${delivery}/redeliver`);
    expect(await redeliver(failed.id)).toMatchObject({ status: 202, body: { id: failed.id } });
    await settledAs('delivered', 2);
    const again = await redeliver(failed.id);
    expect(again.body).toMatchObject({ redeliversId: failed.id, messageId: failed.messageId });
    await settledAs('delivered', 1);
    const first = await list('?limit=1');
    expect(first.items.map((one) => one.id)).toEqual([again.body.id]);
    const second = await list(`?limit=1&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ id: failed.id }], nextCursor: null });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await api.patch(`${CHANNELS}/${id}`, { enabled: false });
    expect(await redeliver(failed.id)).toMatchObject({
      status: 409,
      body: { code: 'channel_off' },
    });
  });

  it('belong to their team', async () => {
    const { api, create, id: integrationId } = await start();
    const { id } = (await create()).body;
    const token = await api.tokenOf('other');
    const path = `${CHANNELS}/${id}`;
    const other = { token };
    expect((await api.get<Page<ChannelResponse>>(CHANNELS, other)).body.items).toEqual([]);
    for (const answer of [
      await api.patch(path, { name: 'Mine' }, other),
      await api.delete(path, other),
      await api.post(`${path}/test`, undefined, other),
      await api.get(`${path}/deliveries`, other),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'channel_not_found' } });
    expect(await api.post('/api/v1/deliveries/1/redeliver', undefined, other)).toMatchObject({
      ...{ status: 404, body: { code: 'delivery_not_found' } },
    });
    const settings = {
      ...{ kind: 'webhook', name: 'Mine', address: 'https://hooks.example.com/' },
      ...{ events: ['member.left'], integrationIds: [integrationId] },
    };
    expect(await api.post(CHANNELS, settings, other)).toMatchObject({
      ...{ status: 422, body: { code: 'channel_integrations_invalid' } },
    });
  });

  it('send email where the server can', async () => {
    const { env } = await MailServer.start();
    const { api, create } = await start({ ...NOTIFYING, ...env });
    const recipients = ['Ada@example.com', ' bob@example.com', 'ada@example.com'];
    const email = { kind: 'email', address: undefined };
    const made = await create({ ...email, recipients });
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...{ kind: 'email', host: null, secret: null },
        recipients: ['ada@example.com', 'bob@example.com'],
        ...{ digest: 'immediately', digestTime: '08:00', digestZone: 'UTC' },
      },
    });
    const path = `${CHANNELS}/${made.body.id}`;
    expect((await api.post<ChannelTestResponse>(`${path}/test`)).body).toMatchObject({
      ...{ delivered: true, status: 250, error: null },
    });
    const daily = { digest: 'daily', digestTime: '07:30', digestZone: 'Europe/Berlin' };
    expect(await api.patch(path, daily)).toMatchObject({ status: 200, body: daily });
    for (const [wrong, code] of [
      [{ digest: 'weekly' }, 'validation_failed'],
      [{ digestTime: '24:00' }, 'channel_digest_invalid'],
      [{ digestZone: 'Nowhere/Else' }, 'channel_digest_invalid'],
      [{ recipients: [] }, 'validation_failed'],
      [
        { recipients: Array.from({ length: 21 }, (_, i) => `u${i}@example.com`) },
        'validation_failed',
      ],
      [{ recipients: ['ada'] }, 'channel_recipients_invalid'],
      [{ recipients: ['Ada <ada@example.com>'] }, 'channel_recipients_invalid'],
      [{ recipients: ['ada@example.com,bob@example.com'] }, 'channel_recipients_invalid'],
      [{ address: 'https://hooks.example.com/' }, 'channel_destination_invalid'],
    ] as const)
      expect(await api.patch(path, wrong)).toMatchObject({ status: 422, body: { code } });
    const code = 'channel_destination_invalid';
    expect(await create(email)).toMatchObject({ status: 422, body: { code } });
    expect(await create({ recipients })).toMatchObject({ status: 422, body: { code } });
    expect(await create({ address: undefined })).toMatchObject({ status: 422, body: { code } });
  });

  it('send no email where the server cannot', async () => {
    const { create } = await start();
    const email = { kind: 'email', address: undefined, recipients: ['ada@example.com'] };
    expect(await create(email)).toMatchObject({
      ...{ status: 409, body: { code: 'email_not_set_up' } },
    });
  });

  it('refuse what is wrong, and keep what they were', async () => {
    const { api, create } = await start({ SWEEP_SECONDS: '600' });
    const address = 'https://hooks.example.com/';
    for (const [wrong, code] of [
      [{ kind: 'pigeon', address }, 'validation_failed'],
      [{ events: [], address }, 'validation_failed'],
      [{ events: ['member.ate'], address }, 'validation_failed'],
      [{ name: ' ', address }, 'channel_name_invalid'],
      [{ name: 'two\nlines', address }, 'channel_name_invalid'],
      [{ integrationIds: [99], address }, 'channel_integrations_invalid'],
      [{ address: 'hooks.example.com' }, 'channel_address_invalid'],
      [{}, 'channel_address_not_allowed'],
      [{ address: 'https://192.168.0.1/' }, 'channel_address_not_allowed'],
      [{ digest: 'hourly', address }, 'channel_digest_invalid'],
    ] as const)
      expect(await create(wrong)).toMatchObject({ status: 422, body: { code } });
    const { id } = (await create({ kind: 'slack', address })).body;
    const path = `${CHANNELS}/${id}`;
    for (const [wrong, status, code] of [
      [{ name: null }, 422, 'validation_failed'],
      [{ enabled: 'yes' }, 422, 'validation_failed'],
      [{ address: 'http://hooks.example.com/' }, 422, 'channel_address_not_allowed'],
      [{ digest: 'daily', digestZone: 'Nowhere' }, 422, 'channel_digest_invalid'],
      [{ rotateSecret: true, name: 'Other' }, 409, 'channel_without_secret'],
    ] as const)
      expect(await api.patch(path, wrong)).toMatchObject({ status, body: { code } });
    const { body } = await api.get<Page<ChannelResponse>>(CHANNELS);
    expect(body.items).toMatchObject([{ name: 'Operations', kind: 'slack' }]);
    for (let i = 1; i < 20; i++) expect((await create({ address })).status).toBe(201);
    expect(await create({ address })).toMatchObject({
      ...{ status: 409, body: { code: 'too_many_channels' } },
    });
  });
});
