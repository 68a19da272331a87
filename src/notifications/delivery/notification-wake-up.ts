import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { inTime } from '../../platform/process/in-time.js';
import { NOTIFICATIONS_QUEUE } from '../../platform/queue/queue.module.js';

/** How long to wait for the queue, in ms. */
const QUEUE_TIMEOUT_MS = 500;

/** A job's payload: what to look at. The database has the rest. */
export type NotificationJob = { integrationId: number } | { channelId: number };

/** Adds jobs to the queue of notifications. */
@Injectable()
export class NotificationWakeUp {
  constructor(@InjectQueue(NOTIFICATIONS_QUEUE) private readonly queue: Queue<NotificationJob>) {}

  /** Never fails: the queue itself logs why it takes no jobs, and the sweeper adds a lost job again. */
  async add(job: NotificationJob): Promise<void> {
    // While a job for the same waits, a second one with the same id is ignored.
    const jobId = 'channelId' in job ? `channel-${job.channelId}` : `outbox-${job.integrationId}`;
    await inTime(this.queue.add(job, { jobId }), QUEUE_TIMEOUT_MS).catch(() => undefined);
  }
}
