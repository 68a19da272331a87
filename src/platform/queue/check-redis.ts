import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { CommandError } from '../process/command-error.js';
import { inTime } from '../process/in-time.js';
import { startRefusal } from './redis-refusal.js';
import type { RedisTroubles } from './redis-troubles.js';

/** How long a start waits for Redis, in ms. */
const CONNECT_TIMEOUT_MS = 2_000;

/** How long to wait for an answer of Redis, in ms. */
const ANSWER_TIMEOUT_MS = 1_000;

const logger = new Logger('BullQueue');

/**
 * Waits a moment for Redis, so that the first job is not refused. Where Redis is down or takes no writes, the start
 * goes on without it.
 * @throws CommandError where Redis refuses the credentials, or its certificate is not trusted
 */
export async function checkRedis(queue: Queue, troubles: RedisTroubles): Promise<void> {
  const refused = (await connected(queue)) ?? (await writeRefusal(queue));
  const refusal = startRefusal(refused);
  if (refusal) {
    queue.client.disconnect();
    throw new CommandError(refusal, { cause: refused });
  }
  if (refused) troubles.tell(refused);
  else await warnOfEviction(queue);
}

/** Writes a test key, as a job would. Returns why Redis refused it; undefined where it did not. */
export function writeRefusal(queue: Queue): Promise<unknown> {
  const script = "return redis.call('SET', KEYS[1], '', 'PX', 1000)";
  const write = queue.client.eval(script, 1, queue.toKey('write-check'));
  return inTime(write, ANSWER_TIMEOUT_MS).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Why Redis refused the connection; undefined where it did not, or is down. */
async function connected({ client }: Queue): Promise<unknown> {
  if (client.status === 'ready') return undefined;
  const stop = new AbortController();
  const { signal } = stop;
  const refused = new Promise<unknown>((resolve) => {
    const onError = (error: unknown) => startRefusal(error) && resolve(error);
    const onReady = () => resolve(undefined);
    client.on('error', onError).once('ready', onReady);
    signal.addEventListener('abort', () => client.off('error', onError).off('ready', onReady));
  });
  const late = delay(CONNECT_TIMEOUT_MS, undefined, { signal });
  return Promise.race([refused, late]).finally(() => stop.abort());
}

/** With an eviction policy, Redis may drop jobs. There is no warning where the user may not read the policy. */
async function warnOfEviction({ client }: Queue): Promise<void> {
  const info = await inTime(client.info('memory'), ANSWER_TIMEOUT_MS).catch(() => '');
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction';
  if (policy !== 'noeviction')
    logger.warn(
      `Redis may evict jobs: its maxmemory-policy is ${policy}. Set it to noeviction; otherwise runs may start late.`,
    );
}
