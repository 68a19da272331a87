import { BullModule, getQueueToken } from '@nestjs/bull';
import {
  BeforeApplicationShutdown,
  DynamicModule,
  Global,
  Inject,
  Module,
  Provider,
} from '@nestjs/common';
import type { Queue } from 'bull';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { createBullQueue } from './bull-queue.js';
import { InProcessQueue } from './in-process-queue.js';
import { QueueConsumers } from './queue-consumers.js';
import { QueueHealth } from './queue-health.js';
import { RedisTroubles } from './redis-troubles.js';

/** The queue that wakes a worker for a run. */
export const MEMBER_SYNC_QUEUE = 'member-sync';

/** The queue that wakes a worker for notifications. */
export const NOTIFICATIONS_QUEUE = 'notifications';

/** How many jobs about notifications a process works on at once; each has one receiver. */
const NOTIFICATIONS_CONCURRENCY = 16;

type QueueName = typeof MEMBER_SYNC_QUEUE | typeof NOTIFICATIONS_QUEUE;

interface QueueOptions {
  consumes: boolean;
  /** The queues beside the one of member syncs. */
  others?: (typeof NOTIFICATIONS_QUEUE)[];
}

const QUEUES = Symbol('queues');

/**
 * Provides Bull or the in-process queue for each queue's token. `registerQueue()` without arguments only adds Nest's
 * explorer, which connects processors to the token's queue; a process without consumers does not add it.
 */
@Global()
@Module({})
export class QueueModule implements BeforeApplicationShutdown {
  constructor(@Inject(QUEUES) private readonly queues: Queue[]) {}

  static forRoot({ consumes, others = [] }: QueueOptions): DynamicModule {
    const names = [MEMBER_SYNC_QUEUE, ...others] as const;
    const queues = names.map((name) => queueProvider(name, consumes));
    return {
      module: QueueModule,
      imports: consumes ? [BullModule.registerQueue()] : [],
      providers: [QueueConsumers, RedisTroubles, ...queues, allQueues(names), health],
      exports: [...queues, QueueHealth],
    };
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.close()));
  }
}

const health: Provider = {
  provide: QueueHealth,
  inject: [getQueueToken(MEMBER_SYNC_QUEUE)],
  useFactory: (queue: Queue | InProcessQueue) => new QueueHealth(queue),
};

const allQueues = (names: readonly QueueName[]): Provider => ({
  provide: QUEUES,
  inject: names.map((name) => getQueueToken(name)),
  useFactory: (...queues: Queue[]) => queues,
});

function queueProvider(name: QueueName, consumes: boolean): Provider {
  const isFirst = name === MEMBER_SYNC_QUEUE;
  return {
    provide: getQueueToken(name),
    // The others wait for the first, which checks Redis for all.
    inject: [
      CONFIG,
      QueueConsumers,
      RedisTroubles,
      ...(isFirst ? [] : [getQueueToken(MEMBER_SYNC_QUEUE)]),
    ],
    useFactory: async (
      { redis, sync }: Config,
      consumers: QueueConsumers,
      troubles: RedisTroubles,
    ) => {
      const queue = redis
        ? await createBullQueue(name, redis, { troubles, isChecked: !isFirst })
        : new InProcessQueue(name);
      const concurrency = isFirst ? sync.concurrency : NOTIFICATIONS_CONCURRENCY;
      return consumes ? consumers.watch(queue as Queue, concurrency) : queue;
    },
  };
}
