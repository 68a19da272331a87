import type { Queue, QueueOptions } from 'bull';
import Bull from 'bull';
import type { RedisConfig } from '../../config/redis-config.js';
import { BullConsumer } from './bull-consumer.js';
import { checkRedis } from './check-redis.js';
import { startRefusal } from './redis-refusal.js';
import { RedisTroubles } from './redis-troubles.js';
import { surviveRefusals } from './survive-refusals.js';

/** Reconnecting is tried again after at most this long, in ms. */
const MAX_RECONNECT_PAUSE_MS = 2_000;

/** How a connection behaves while Redis is away. */
type Manner = Exclude<QueueOptions['redis'], string | undefined>;

const connection: Manner = {
  connectTimeout: 2_000,
  retryStrategy: (times) => Math.min(times * 100, MAX_RECONNECT_PAUSE_MS),
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
 * @throws CommandError where Redis refuses the credentials, or its certificate is not trusted
 */
export async function createBullQueue<T>(name: string, redis: RedisConfig): Promise<Queue<T>> {
  const troubles = new RedisTroubles();
  const producer = open<T>(name, redis, failFast);
  let isChecked = false;
  producer.on('error', (error) => {
    // What ends the start is told there.
    if (isChecked || !startRefusal(error)) troubles.tell(error);
  });
  await checkRedis(producer, troubles);
  isChecked = true;
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
    // Bull does not look at the scheme: without `tls`, rediss:// would not be encrypted.
    redis: { ...manner, tls },
    // A job only wakes a worker, so nothing is gained by keeping or repeating one.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    settings: { lockDuration: 15_000, stalledInterval: 5_000, retryProcessDelay: 1_000 },
  });
}
