import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Hint } from '../../src/integrations/hints/hint.entity.js';
import { HintGathering } from '../../src/integrations/hints/hint-gathering.js';
import { DeliveryLimits } from '../../src/integrations/webhooks/receiving/delivery-limits.js';
import { RefusedDeliveries } from '../../src/integrations/webhooks/receiving/refused-deliveries.js';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { deliver, memberEvent } from '../support/deliveries.js';
import { startReceiving } from './support/receiving.js';

const MIB = 1024 * 1024;

/** Sends a part of a body and keeps the connection open. */
async function sendPart(url: string, bytes: number) {
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': bytes + 1,
    'X-Hub-Signature-256': `sha256=${'a'.repeat(64)}`,
  };
  const sent: ClientRequest = request(url, { method: 'POST', headers, agent: false });
  onTestFinished(() => void sent.destroy());
  sent.on('error', () => undefined);
  const answered = once(sent, 'response').then(([answer]) => answer as IncomingMessage);
  await new Promise((resolve) => sent.write(Buffer.alloc(bytes, ' '), resolve));
  return { sent, answered };
}

it('of large bodies are refused before they fill the memory, and small ones are taken', async () => {
  const { url, send, organization } = await startReceiving();
  const parts = await Promise.all([1, 2, 3].map(() => sendPart(url, 16 * MIB)));
  const refused = await Promise.race(parts.map(({ answered }) => answered));
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5']);
  const payload = memberEvent(organization.id, { id: 7 });
  expect((await send({ payload })).status).toBe(202);
  for (const { sent } of parts) sent.destroy();
});

it('of addresses that are none cost a few statements', async () => {
  const { service, url, secret } = await startReceiving();
  const read = vi.spyOn(service.dataSource, 'createQueryBuilder');
  const strange = () => `${service.url}/webhooks/github/${randomBytes(16).toString('hex')}`;
  const answers = await Promise.all(Array.from({ length: 300 }, () => deliver(strange(), secret)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  const reads = read.mock.calls.filter(([entity]) => (entity as unknown) === Webhook);
  expect(reads.length).toBeLessThan(20);
  expect((await deliver(url, secret)).status).toBe(202);
});

it('that are not signed cost one statement a second', async () => {
  const { service, url, manager } = await startReceiving();
  const update = vi.spyOn(manager, 'update');
  const answers = await Promise.all(Array.from({ length: 300 }, () => deliver(url, 'another')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  await service.app.get(RefusedDeliveries, { strict: false }).beforeApplicationShutdown();
  const counts = update.mock.calls.filter(([entity]) => (entity as unknown) === Webhook);
  expect(counts.length).toBeLessThan(10);
  expect(await manager.findOneBy(Webhook, {})).toMatchObject({ refused: 300 });
});

it('beyond what is received at once are refused, and tell when to come again', async () => {
  const { send, url, manager } = await startReceiving();
  const enter = vi.spyOn(DeliveryLimits.prototype, 'enter').mockReturnValue(undefined);
  const refused = await send();
  expect(refused).toMatchObject({ status: 503, body: { code: 'webhook_busy' } });
  expect(refused.headers.get('Retry-After')).toBe('5');
  // Strangers do not learn which addresses exist.
  expect((await deliver(url.slice(0, -1), 'another')).status).toBe(503);
  enter.mockRestore();
  expect((await send()).status).toBe(202);
  expect(await manager.findOneBy(Webhook, {})).toMatchObject({ refused: 0 });
});

it('are answered with 503 where nothing can be stored, and taken again afterwards', async () => {
  const { service, send, organization, manager } = await startReceiving();
  const payload = memberEvent(organization.id, { id: 7 });
  const fails = vi.spyOn(service.dataSource, 'transaction').mockRejectedValue(new Error('away'));
  expect(await send({ payload, guid: 'one' })).toMatchObject({
    ...{ status: 503, body: { code: 'webhook_busy' } },
  });
  fails.mockRestore();
  expect((await send({ payload, guid: 'one' })).status).toBe(202);
  expect(await manager.count(Hint)).toBe(1);
});

it('leave their hints in the database, whatever happens to the answer', async () => {
  const { service, send, organization, manager } = await startReceiving();
  const gathering = service.app.get(HintGathering, { strict: false });
  const committed: Promise<number>[] = [];
  const gather = vi.spyOn(gathering, 'gather').mockImplementation(() => {
    committed.push(manager.count(Hint));
    throw new Error('The process ends.');
  });
  const payload = memberEvent(organization.id, { id: 7 });
  expect((await send({ payload, guid: 'one' })).status).toBe(503);
  expect(await Promise.all(committed)).toEqual([1]);
  gather.mockRestore();
  // GitHub keeps it as failed and sends it again.
  expect((await send({ payload, guid: 'one' })).status).toBe(202);
  expect(await manager.findOneBy(Webhook, {})).toMatchObject({ accepted: 1 });
});
