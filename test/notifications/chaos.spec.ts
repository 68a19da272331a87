import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Random } from '../../src/simulator/random.js';
import {
  type Answer,
  addChannel,
  deliveriesOf,
  NOTIFYING,
  nothingDue,
  Receiver,
} from '../support/notifications.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const HOUR = 3_600_000;
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

/** As many faults in a row leave time for a success within 3 days. */
const MAX_FAULTS = 4;

afterEach(() => void vi.useRealTimers());

/** A server of this machine that nobody may be led to; it counts who is. */
async function forbidden() {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, requests: () => requests };
}

/** Everything that a receiver can do wrong. */
const faultsOf = (elsewhere: string): Answer[] => [
  (response) => void response.writeHead(500).end(),
  (response) => void response.writeHead(429, { 'retry-after': '3600' }).end(),
  (response) => void response.writeHead(307, { location: elsewhere }).end(),
  (response) => void response.destroy(),
  // Never answers.
  () => undefined,
  // Begins to answer, and breaks off.
  (response) => {
    response.writeHead(200, { 'content-length': 1_000 }).write('x');
    response.destroy();
  },
  (response) => {
    response.writeHead(503);
    for (let i = 0; i < 100 && !response.destroyed; i++) response.write(Buffer.alloc(2 ** 20));
    response.end();
  },
];

describe.each(ways)('messages to a receiver that does everything wrong, $way', (way) => {
  it(`are not lost, stay in order, and come again only with the same id: seed ${SEED}`, async () => {
    const random = new Random(SEED);
    const env = { ...NOTIFYING, NOTIFICATION_TIMEOUT_SECONDS: '1' };
    const stage = await startConnected(3, { ...way, env });
    const { service, integration, organization, world } = stage;
    await syncToEnd(service, integration.id);
    const receiver = await Receiver.start();
    const elsewhere = await forbidden();
    const faults = faultsOf(elsewhere.url);
    const wrong = new Map<string, number>();
    const accepted: (string | undefined)[] = [];
    receiver.answer = (response, got) => {
      const id = got.headers['webhook-id'] ?? '';
      const before = wrong.get(id) ?? 0;
      if (before < MAX_FAULTS && random.chance(0.7)) {
        wrong.set(id, before + 1);
        return random.pick(faults)(response, got);
      }
      accepted.push('changes' in got.body.data ? got.body.data.changes[0]?.login : undefined);
      response.writeHead(204).end();
    };
    await addChannel(service, receiver.url);
    const logins = ['first', 'second', 'third', 'fourth', 'fifth'];
    for (const login of logins) {
      organization.join(world.addUser({ login }));
      await syncToEnd(service, integration.id);
    }
    for (;;) {
      const { first } = await nothingDue(service);
      if (!first) break;
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 9 * HOUR });
    }
    expect((await deliveriesOf(service)).map(({ state }) => state)).toEqual(
      logins.map(() => 'delivered'),
    );
    expect(accepted).toEqual(logins);
    const sent = receiver.received.map(({ headers, text }) => `${headers['webhook-id']} ${text}`);
    expect(new Set(sent).size).toBe(logins.length);
    expect(elsewhere.requests()).toBe(0);
  });
});
