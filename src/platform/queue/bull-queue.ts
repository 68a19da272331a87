import { Logger } from '@nestjs/common';
import type { Queue, QueueOptions } from 'bull';
import Bull from 'bull';

/** Reconnecting is tried again after at most this long, in ms. */
const RECONNECT_WITHIN = 2_000;

const options: QueueOptions = {
  redis: {
    connectTimeout: 2_000,
    // A producer fails fast: with Redis down, the database hands the run over later. Bull itself keeps its blocking
    // connections trying for ever.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 100, RECONNECT_WITHIN),
  },
  // A job only wakes a worker, so nothing is gained by keeping or repeating one.
  defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  settings: { lockDuration: 15_000, stalledInterval: 5_000, retryProcessDelay: 1_000 },
};

/** Bull's queue of that name on the Redis at `redisUrl`. */
export function createBullQueue<T>(name: string, redisUrl: string): Queue<T> {
  const queue = new Bull<T>(name, redisUrl, options);
  const logger = new Logger('BullQueue');
  let lastError = '';
  queue.on('error', ({ message }: Error) => {
    if (message !== lastError) logger.warn(`The queue '${name}' cannot reach Redis: ${message}`);
    lastError = message;
  });
  queue.on('waiting', () => {
    lastError = '';
  });
  return queue;
}
