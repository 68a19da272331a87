import { Logger } from '@nestjs/common';
import type { Queue, QueueOptions } from 'bull';
import Bull from 'bull';
import type { RedisConfig } from '../../config/redis-config.js';

/** Reconnecting is tried again after at most this long, in ms. */
const RECONNECT_WITHIN = 2_000;

const logger = new Logger('BullQueue');

/** How long a start waits for Redis, in ms. */
const CONNECTED_WITHIN = 2_000;

/** How a connection behaves while Redis is away. */
type Manner = Exclude<QueueOptions['redis'], string | undefined>;

const connection: Manner = {
  connectTimeout: 2_000,
  retryStrategy: (times) => Math.min(times * 100, RECONNECT_WITHIN),
};

/** Whoever asks for a run is answered at once; with Redis down, the database hands the run over later. */
const failFast: Manner = {
  ...connection,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
};

/** A worker waits for Redis as long as it takes. */
const patient: Manner = { ...connection, maxRetriesPerRequest: null };

/**
 * Bull's queue of that name on that Redis. It adds over connections that fail fast, and processes over others
 * that do not, because Bull itself makes no difference between the two.
 */
export async function createBullQueue<T>(name: string, redis: RedisConfig): Promise<Queue<T>> {
  const producer = open<T>(name, redis, failFast);
  await connected(producer);
  const closeProducer = producer.close.bind(producer);
  let consumer: Queue<T> | undefined;
  let closing = false;
  return Object.assign(producer, {
    process: (concurrency: number, handler: Bull.ProcessPromiseFunction<T>) => {
      consumer = open<T>(name, redis, patient);
      // Bull rejects where the queue is closed before it was connected.
      consumer.process(concurrency, handler).catch((error: unknown) => {
        if (!closing) logger.error(`The queue '${name}' stopped processing`, error);
      });
    },
    close: async () => {
      closing = true;
      await consumer?.close();
      await closeProducer();
    },
  });
}

/** Gives Redis a moment, lest the first job be refused; where it is down, the start goes on without it. */
async function connected({ client }: Queue): Promise<void> {
  if (client.status === 'ready') return;
  const signal = AbortSignal.timeout(CONNECTED_WITHIN);
  await new Promise<void>((resolve) => {
    client.once('ready', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function open<T>(name: string, { url, tls }: RedisConfig, manner: Manner): Queue<T> {
  const queue = new Bull<T>(name, url, {
    // Bull does not look at the scheme: without `tls`, rediss:// would not be encrypted.
    redis: { ...manner, tls },
    // A job only wakes a worker, so nothing is gained by keeping or repeating one.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    settings: { lockDuration: 15_000, stalledInterval: 5_000, retryProcessDelay: 1_000 },
  });
  warnOnce(queue);
  return queue;
}

/** Redis being down is said once, not with every try to reconnect. */
function warnOnce(queue: Queue): void {
  let last = '';
  queue.on('error', ({ message }: Error) => {
    if (message !== last)
      logger.warn(`The queue '${queue.name}' has trouble with Redis: ${message}`);
    last = message;
  });
}
