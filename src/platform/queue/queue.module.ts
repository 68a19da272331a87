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

/** The queue that wakes a worker for a run. */
export const MEMBER_SYNC_QUEUE = 'member-sync';

/**
 * Provides Bull or the in-process queue for the queue's token. `registerQueue()` without arguments only adds Nest's
 * explorer, which connects processors to the token's queue; a process without consumers does not add it.
 */
@Global()
@Module({})
export class QueueModule implements BeforeApplicationShutdown {
  constructor(@Inject(getQueueToken(MEMBER_SYNC_QUEUE)) private readonly queue: Queue) {}

  static forRoot({ consumes }: { consumes: boolean }): DynamicModule {
    const queue = queueProvider(consumes);
    return {
      module: QueueModule,
      imports: consumes ? [BullModule.registerQueue()] : [],
      providers: [QueueConsumers, queue, health],
      exports: [queue, QueueHealth],
    };
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}

const health: Provider = {
  provide: QueueHealth,
  inject: [getQueueToken(MEMBER_SYNC_QUEUE)],
  useFactory: (queue: Queue | InProcessQueue) => new QueueHealth(queue),
};

function queueProvider(consumes: boolean): Provider {
  return {
    provide: getQueueToken(MEMBER_SYNC_QUEUE),
    inject: [CONFIG, QueueConsumers],
    useFactory: async ({ redis, sync }: Config, consumers: QueueConsumers) => {
      const queue = redis
        ? await createBullQueue(MEMBER_SYNC_QUEUE, redis)
        : new InProcessQueue(MEMBER_SYNC_QUEUE);
      return consumes ? consumers.watch(queue as Queue, sync.concurrency) : queue;
    },
  };
}
