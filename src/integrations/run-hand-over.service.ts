import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { databaseTime } from '../platform/database/dialect.js';
import { MemberSyncRun } from './member-sync-run.entity.js';

/** How long whoever asks for a run waits for the queue, in ms: Bull's `add` waits for a first connection to Redis. */
const DEADLINE = 500;

/** The payload of a job: an id, for the run's row is the truth. */
export interface MemberSyncJob {
  runId: number;
}

/** Tells the queue of a run. */
@Injectable()
export class RunHandOver {
  private readonly logger = new Logger(RunHandOver.name);

  constructor(private readonly dataSource: DataSource) {}

  /** Never fails: a run that the queue was not told of is still queued in the database. */
  async tell(queue: Queue<MemberSyncJob>, { id, epoch }: MemberSyncRun): Promise<void> {
    try {
      // While a job for this claim waits, a second one would only be noise; Bull drops it by its id.
      const added = queue.add({ runId: id }, { jobId: `run-${id}-${epoch}` });
      await inTime(added);
      await this.remember(id);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.logger.warn(`Run ${id} stays queued until the queue can be reached: ${why}`);
    }
  }

  private async remember(id: number): Promise<void> {
    const handedOverAt = () => databaseTime(this.dataSource);
    await this.dataSource.manager.update(MemberSyncRun, { id }, { handedOverAt });
  }
}

async function inTime(added: Promise<unknown>): Promise<void> {
  const deadline = new AbortController();
  const late = delay(DEADLINE, undefined, { signal: deadline.signal }).then(() => {
    throw new Error(`no answer within ${DEADLINE} ms`);
  });
  await Promise.race([added, late]).finally(() => deadline.abort());
}
