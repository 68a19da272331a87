import type { Queue, QueueOptions } from 'bull';
import Bull from 'bull';
import type { RedisConfig } from '../../config/redis-config.js';
import { BullConsumer } from './bull-consumer.js';
import { checkRedis } from './check-redis.js';
import { startRefusal } from './redis-refusal.js';
import { RedisTroubles } from './redis-troubles.js';
import { surviveRefusals } from './survive-refusals.js';

/** The longest pause between tries to reconnect, in ms. */
const MAX_RECONNECT_PAUSE_MS = 2_000;

/** The behaviour of a connection while Redis is down. */
type Manner = Exclude<QueueOptions['redis'], string | undefined>;

const connection: Manner = {
  connectTimeout: 2_000,
  retryStrategy: (times) => Math.min(times * 100, MAX_RECONNECT_PAUSE_MS),
};

/** A request for a run gets its answer at once; with Redis down, a worker gets the run from the database later. */
const failFast: Manner = {
  ...connection,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
};

/** A worker waits for Redis without limit. */
const patient: Manner = { ...connection, maxRetriesPerRequest: null };

interface BullQueueOptions {
  /** Shared by the queues of a process, so that each problem is told once. */
  troubles?: RedisTroubles;
  /** Whether another queue on the same Redis was checked. */
  isChecked?: boolean;
}

/**
 * Bull's queue of that name on that Redis. It adds jobs over connections that fail fast, and processes them over
 * connections that do not; Bull itself does not separate the two.
 * @throws CommandError where Redis refuses the credentials, or its certificate is not trusted
 */
export async function createBullQueue<T>(
  name: string,
  redis: RedisConfig,
  { troubles = new RedisTroubles(), isChecked = false }: BullQueueOptions = {},
): Promise<Queue<T>> {
  const producer = open<T>(name, redis, failFast);
  let mayTell = isChecked;
  producer.on('error', (error) => {
    // `checkRedis` reports what ends the start.
    if (mayTell || !startRefusal(error)) troubles.tell(error);
  });
  if (!isChecked) await checkRedis(producer, troubles);
  mayTell = true;
  const stopSurviving = surviveRefusals(troubles);
  const closeProducer = producer.close.bind(producer);
  const openConsumer = () => open<T>(name, redis, patient).on('error', troubles.tell);
  const consumer = new BullConsumer<T>(openConsumer, troubles);
  return Object.assign(producer, {
    process: (concurrency: number, handler: Bull.ProcessPromiseFunction<T>) =>
      consumer.start(concurrency, handler),
    close: async () => {
      await consumer.close();
      await closeProducer();
      stopSurviving();
    },
  });
}

function open<T>(name: string, { url, tls }: RedisConfig, manner: Manner): Queue<T> {
  return new Bull<T>(name, url, {
    // Bull ignores the scheme: without `tls`, rediss:// would not be encrypted.
    redis: { ...manner, tls },
    // A job only wakes a worker, so it is neither kept nor repeated.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    settings: { lockDuration: 15_000, stalledInterval: 5_000, retryProcessDelay: 1_000 },
  });
}
