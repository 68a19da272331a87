import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { Hint } from '../../src/integrations/hints/hint.entity.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { WebhookDelivery } from '../../src/integrations/webhooks/webhook-delivery.entity.js';
import { deliver, memberEvent, type SentDelivery, signatureOf } from '../support/deliveries.js';
import { ways } from '../support/service.js';
import { startReceiving } from './support/receiving.js';

const [user, team] = [{ id: 7 }, { id: 9 }];

/** Event, action, what else the payload has, and what the hints are about. */
const TELLING: [event: string, action: string, rest: object, subjects: string[]][] = [
  ['organization', 'member_removed', { membership: { user } }, ['7']],
  [
    'organization',
    'member_invited',
    { invitation: { email: 'a@b.example' } },
    ['part:invitations'],
  ],
  ['organization', 'renamed', {}, ['*']],
  ['organization', 'deleted', {}, ['*']],
  ['membership', 'added', { member: user, team }, ['7', 'team:9']],
  ['membership', 'removed', { member: user, team }, ['7', 'team:9']],
  ['team', 'created', { team }, ['team:9']],
  ['team', 'edited', { team }, ['team:9']],
  ['team', 'deleted', { team }, ['team:9']],
  ['member', 'added', { member: user }, ['7', 'part:outsideCollaborators']],
  ['member', 'edited', { member: user }, ['7', 'part:outsideCollaborators']],
  ['member', 'removed', { member: user }, ['7', 'part:outsideCollaborators']],
];

const REFUSED: [what: string, sent: SentDelivery, status: number, code: string][] = [
  ['unsigned', { headers: { 'X-Hub-Signature-256': undefined } }, 401, 'webhook_signature_missing'],
  [
    'signed by SHA-1',
    { headers: { 'X-Hub-Signature-256': `sha1=${'a'.repeat(40)}` } },
    401,
    'webhook_signature_missing',
  ],
  [
    'signed by another',
    { headers: { 'X-Hub-Signature-256': `sha256=${'a'.repeat(64)}` } },
    401,
    'webhook_signature_wrong',
  ],
  [
    'of another type',
    { headers: { 'Content-Type': 'text/plain' } },
    415,
    'webhook_type_unsupported',
  ],
  [
    'without a type',
    { body: Buffer.from('{}'), headers: { 'Content-Type': undefined } },
    415,
    'webhook_type_unsupported',
  ],
  [
    'compressed',
    { body: gzipSync(Buffer.alloc(30_000_000)), headers: { 'Content-Encoding': 'gzip' } },
    415,
    'webhook_type_unsupported',
  ],
  ['without an id', { headers: { 'X-GitHub-Delivery': undefined } }, 400, 'webhook_unreadable'],
  ['with an id that is none', { guid: 'a'.repeat(65) }, 400, 'webhook_unreadable'],
  ['without an event', { headers: { 'X-GitHub-Event': undefined } }, 400, 'webhook_unreadable'],
  ['that is no JSON', { body: '{' }, 400, 'webhook_unreadable'],
  ['that is empty', { body: '' }, 400, 'webhook_unreadable'],
  ['that is a list', { payload: [] }, 400, 'webhook_unreadable'],
  [
    'that is a form of something else',
    { body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    400,
    'webhook_unreadable',
  ],
];

describe.each(ways)('a delivery to the address of an integration, $way', (way) => {
  const start = () => startReceiving(way);

  it('is answered once its hint is stored', async () => {
    const { manager, organization, send, integration } = await start();
    const payload = memberEvent(organization.id, { id: 7, nodeId: 'U_7' });
    const answer = await send({ payload, guid: 'one-guid' });
    expect(answer).toMatchObject({ status: 202, body: { delivery: 'one-guid' } });
    expect(answer.headers.get('Set-Cookie')).toBeNull();
    expect(await manager.find(Hint)).toMatchObject([
      { integrationId: integration.id, subject: '7', nodeId: 'U_7' },
    ]);
    expect(await manager.findOneBy(Webhook, {})).toMatchObject({
      ...{ accepted: 1, ignored: 0, refused: 0, lastEvent: 'organization.member_added' },
      lastDeliveryAt: expect.any(Date),
      lastPingAt: null,
    });
    expect(await manager.count(Session)).toBe(0);
  });

  it('that comes again gets the same answer, and nothing is done twice', async () => {
    const { manager, organization, send } = await start();
    const payload = memberEvent(organization.id, { id: 7 });
    const first = await send({ payload, guid: 'one' });
    const [hint] = await manager.find(Hint);
    const again = await Promise.all(['one', 'one', 'one'].map((guid) => send({ payload, guid })));
    for (const { status, body } of again)
      expect({ status, body }).toEqual({ status: first.status, body: first.body });
    expect(await manager.find(Hint)).toEqual([hint]);
    expect(await manager.findOneBy(Webhook, {})).toMatchObject({ accepted: 1, ignored: 0 });
    await send({ payload, guid: 'two' });
    const [renewed] = await manager.find(Hint);
    expect(renewed?.id).toBeGreaterThan(hint?.id ?? 0);
  });

  it('that comes many times at once is stored once', async () => {
    const { manager, organization, send } = await start();
    const payloads = Array.from({ length: 60 }, (_, i) => ({
      payload: memberEvent(organization.id, { id: 1 + ((i % 30) % 20) }),
      guid: `guid-${i % 30}`,
    }));
    const answers = await Promise.all(payloads.map(send));
    expect(answers.map(({ status, body }) => [status, body.delivery])).toEqual(
      payloads.map(({ guid }) => [202, guid]),
    );
    expect(await manager.count(Hint)).toBe(20);
    expect(await manager.count(WebhookDelivery)).toBe(30);
    expect(await manager.findOneBy(Webhook, {})).toMatchObject({ accepted: 30 });
  });

  it('from which nothing follows is counted as ignored', async () => {
    const { manager, organization, send } = await start();
    const about = { organization: { id: organization.id } };
    const sent: SentDelivery[] = [
      { event: 'push', payload: about },
      { event: 'push', body: 'no JSON' },
      { event: 'team', payload: { ...about, action: 'created' } },
      { event: 'constructor', payload: about },
      { event: 'membership', payload: { ...about, action: 'added', member: user } },
      { payload: { ...memberEvent(organization.id, { id: 7 }), action: 'constructor' } },
      { payload: memberEvent(organization.id + 1, { id: 7 }) },
      { payload: memberEvent(organization.id, { id: -7 }) },
      { payload: { action: 'deleted' } },
      { event: 'github_app_authorization', payload: { action: 'revoked', sender: { id: 7 } } },
    ];
    for (const one of sent) expect((await send(one)).status).toBe(202);
    expect(await manager.count(Hint)).toBe(0);
    expect(await manager.findOneBy(Webhook, {})).toMatchObject({
      ...{ accepted: 0, ignored: sent.length, refused: 0 },
      lastEvent: 'github_app_authorization.revoked',
    });
  });

  it('that is a ping is noted', async () => {
    const { manager, send } = await start();
    expect((await send({ event: 'ping', payload: { zen: 'Keep it simple.' } })).status).toBe(202);
    expect(await manager.findOneBy(Webhook, {})).toMatchObject({
      ...{ accepted: 0, ignored: 0, refused: 0, lastEvent: 'ping' },
      lastPingAt: expect.any(Date),
    });
  });

  it('may be a form', async () => {
    const { manager, organization, send } = await start();
    const payload = JSON.stringify(memberEvent(organization.id, { id: 7 }));
    const body = new URLSearchParams({ payload }).toString();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await send({ body, headers })).status).toBe(202);
    expect(await manager.find(Hint)).toMatchObject([{ subject: '7' }]);
  });

  it('is a hint about a person, a team, a part or everybody', async () => {
    const { manager, organization, send } = await start();
    for (const [event, action, rest, subjects] of TELLING) {
      const payload = { action, organization: { id: organization.id }, ...rest };
      expect((await send({ event, payload })).status).toBe(202);
      const hints = await manager.find(Hint, { order: { id: 'ASC' } });
      const told = hints.map(({ subject }) => subject);
      expect({ event, action, told }).toEqual({ event, action, told: subjects });
      await manager.clear(Hint);
    }
    const accepted = TELLING.length;
    expect(await manager.findOneBy(Webhook, {})).toMatchObject({ accepted, ignored: 0 });
  });

  it('is refused for what is wrong with it, and nothing is kept but a count', async () => {
    const { manager, send, refusals } = await start();
    for (const [what, sent, status, code] of REFUSED) {
      const answer = await send(sent);
      const body = { status, code, type: 'about:blank' };
      expect({ what, ...answer }).toMatchObject({ what, status, body });
      expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
      expect(answer.headers.get('WWW-Authenticate')).toBeNull();
    }
    expect(await refusals(REFUSED.length)).toBe(REFUSED.length);
    expect(await manager.count(Hint)).toBe(0);
    expect(await manager.count(WebhookDelivery)).toBe(0);
    expect(await manager.findOneBy(Webhook, {})).toMatchObject({
      ...{ accepted: 0, ignored: 0, lastDeliveryAt: null },
    });
  });

  it('whose bytes were changed is refused', async () => {
    const { organization, url, secret } = await start();
    const payload = JSON.stringify(memberEvent(organization.id, { id: 7 }));
    const signed = await deliver(url, secret, { body: payload });
    expect(signed.status).toBe(202);
    const changed = await deliver(url, secret, {
      body: ` ${payload}`,
      headers: { 'X-Hub-Signature-256': signatureOf(secret, payload) },
    });
    expect(changed.status).toBe(401);
  });

  it('is refused at addresses that are none', async () => {
    const { url, secret, service } = await start();
    for (const key of [
      '0'.repeat(32),
      'app',
      url.slice(-31),
      `${url.slice(-32)}0`,
      '%00',
      'a'.repeat(5_000),
    ])
      expect(await deliver(`${service.url}/webhooks/github/${key}`, secret)).toMatchObject({
        status: 404,
        body: { code: 'webhook_not_found' },
      });
    expect(await deliver(`${service.url}/webhooks/github`, secret)).toMatchObject({
      status: 404,
      body: { code: 'webhook_not_found' },
    });
    const read = await fetch(url);
    expect([read.status, read.headers.get('Allow')]).toEqual([405, 'POST']);
  });

  it('larger than 25 MiB is refused, announced or not', async () => {
    const { send } = await start();
    const large = Buffer.alloc(25 * 1024 * 1024 + 1, ' ');
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < large.length; i += 1_000_000)
          controller.enqueue(large.subarray(i, i + 1_000_000));
        controller.close();
      },
    });
    const signature = { 'X-Hub-Signature-256': `sha256=${'a'.repeat(64)}` };
    for (const body of [large, chunks])
      expect(await send({ body, headers: signature })).toMatchObject({
        status: 413,
        body: { code: 'webhook_too_large' },
      });
    const [most] = [Buffer.from(`{}${' '.repeat(25 * 1024 * 1024 - 2)}`)];
    expect((await send({ body: most })).status).toBe(202);
  });

  it('needs no session and has no origin to match', async () => {
    const { send } = await start();
    const headers = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
    expect((await send({ headers })).status).toBe(202);
  });
});
