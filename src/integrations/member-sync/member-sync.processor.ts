import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { MEMBER_SYNC_QUEUE } from '../../platform/queue/queue.module.js';
import type { MemberSyncJob } from '../runs/run-hand-over.js';
import { MemberSyncRunner } from './member-sync-runner.js';

/** Executes runs from the queue. A run that another worker holds is not touched. */
@Processor(MEMBER_SYNC_QUEUE)
export class MemberSyncProcessor {
  constructor(private readonly runner: MemberSyncRunner) {}

  @Process()
  async handle({ data }: Job<MemberSyncJob>): Promise<void> {
    const { runId, ...origin } = data;
    await this.runner.run(runId, origin);
  }
}
