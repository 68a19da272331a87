import { EventEmitter } from 'node:events';
import { getQueueToken } from '@nestjs/bull';
import { BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { MEMBER_SYNC_QUEUE } from '../queue/queue.module.js';
import { redisCode, redisProblem } from '../queue/redis-refusal.js';

type Redis = Queue['client'];

const CHANGED = 'changed';

/**
 * Tells all processes which integration has changed: by Redis where there is one, otherwise in this process. A signal may
 * be lost, so whoever listens must also look from time to time.
 */
@Injectable()
export class ChangeSignals implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ChangeSignals.name);
  private readonly heard = new EventEmitter();
  private subscriber: Redis | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(getQueueToken(MEMBER_SYNC_QUEUE)) private readonly queue: Queue,
  ) {}

  /** Call it after the commit. */
  send(integrationId: number): void {
    if (!this.config.redis) return void this.heard.emit(CHANGED, integrationId);
    this.queue.client
      .publish(this.channel, String(integrationId))
      // Without Redis, this process at least hears it.
      .catch(() => this.heard.emit(CHANGED, integrationId));
  }

  listen(listener: (integrationId: number) => void): void {
    this.heard.on(CHANGED, listener);
    if (this.config.redis) this.subscriber ??= this.subscribe();
  }

  ignore(listener: (integrationId: number) => void): void {
    this.heard.off(CHANGED, listener);
  }

  beforeApplicationShutdown(): void {
    this.subscriber?.disconnect();
  }

  /** A connection that subscribes can do nothing else. It waits for Redis without limit, and subscribes again by itself. */
  private subscribe(): Redis {
    const patient = { enableOfflineQueue: true, maxRetriesPerRequest: null };
    const subscriber = this.queue.client.duplicate(patient);
    subscriber.on('message', (_, id) => this.heard.emit(CHANGED, Number(id)));
    // The queue's own connection tells the same trouble.
    subscriber.on('error', () => undefined);
    subscriber.subscribe(this.channel).catch((error: unknown) => {
      if (redisCode(error) === undefined) return;
      this.logger.warn(`${redisProblem(error)}. Open pages show changes up to 2 s later.`);
    });
    return subscriber;
  }

  private get channel(): string {
    return this.queue.toKey('changed');
  }
}
