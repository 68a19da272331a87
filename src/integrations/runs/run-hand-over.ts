import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { databaseTime } from '../../platform/database/dialect.js';
import { inTime } from '../../platform/process/in-time.js';
import { MEMBER_SYNC_QUEUE } from '../../platform/queue/queue.module.js';
import { redisProblem } from '../../platform/queue/redis-refusal.js';
import { MemberSyncRun } from './member-sync-run.entity.js';

/** How long whoever asks for a run waits for the queue, in ms: Bull's `add` waits for a first connection to Redis. */
const QUEUE_TIMEOUT_MS = 500;

/** The payload of a job: an id, for the run's row is the truth. */
export interface MemberSyncJob {
  runId: number;
}

/** Tells the queue of a run. */
@Injectable()
export class RunHandOver {
  private readonly logger = new Logger(RunHandOver.name);

  constructor(
    private readonly dataSource: DataSource,
    @InjectQueue(MEMBER_SYNC_QUEUE) private readonly queue: Queue<MemberSyncJob>,
  ) {}

  /** Never fails: a run that the queue was not told of is still queued in the database. */
  async tell(run: MemberSyncRun, queue = this.queue): Promise<void> {
    const { id, epoch } = run;
    // While a job for this claim waits, a second one would only be noise; Bull drops it by its id.
    const added = queue.add({ runId: id }, { jobId: `run-${id}-${epoch}` });
    const kept = inTime(added, QUEUE_TIMEOUT_MS).then(
      () => this.remember(id),
      (error: unknown) => this.explain(run, error),
    );
    await kept.catch((error: unknown) =>
      this.logger.warn(`The queue error of run ${id} could not be stored: ${error}`),
    );
  }

  private async remember(id: number): Promise<void> {
    const handedOverAt = () => databaseTime(this.dataSource);
    const told = { handedOverAt, queueProblem: null };
    await this.dataSource.manager.update(MemberSyncRun, { id }, told);
  }

  /** Kept for whoever looks at the run; each reason is said once, and not with every sweep. */
  private async explain(run: MemberSyncRun, error: unknown): Promise<void> {
    const queueProblem = redisProblem(error);
    if (run.queueProblem === queueProblem) return;
    const why = error instanceof Error ? error.message : String(error);
    this.logger.warn(`Run ${run.id} stays queued until the queue accepts it: ${why}`);
    await this.dataSource.manager.update(MemberSyncRun, { id: run.id }, { queueProblem });
  }
}
