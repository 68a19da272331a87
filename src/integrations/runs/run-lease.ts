import { DataSource, EntityManager } from 'typeorm';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { databaseTime } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import type { ChangeSignals } from '../../platform/signals/change-signals.js';
import { finishRun, type RunEnd } from './finish-run.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { tellRunEnded } from './run-ended.js';
import { LeaseLost, RunFailure } from './run-failure.js';
import type { RunResult } from './sync-counts.js';

/** The progress of a run. */
export type Progress = Pick<
  MemberSyncRun,
  'phase' | 'people' | 'done' | 'total' | 'githubRequests' | 'githubNotModified' | 'githubSilent'
>;

/** What a run did. */
export interface RunOutcome {
  result: RunResult;
  changeCounts: ChangeCounts;
}

/**
 * A worker's claim on a run. Every write goes through it and requires the epoch of the claim: a worker that lost its
 * claim can write nothing, and gets LeaseLost.
 */
export class RunLease {
  private writing = false;

  constructor(
    private readonly dataSource: DataSource,
    readonly run: Readonly<MemberSyncRun>,
    private readonly seconds: number,
    private readonly signals: Pick<ChangeSignals, 'send'>,
  ) {}

  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /** Extends the lease and saves the progress. Does nothing during a write, which does both and locks the run's row. */
  async beat(progress: Progress): Promise<void> {
    if (this.writing) return;
    await this.fenced(this.dataSource.manager, { ...progress, leasedUntil: this.until() });
  }

  /** Does `work` and saves the columns that it returns, in one transaction. */
  async write<T extends Partial<MemberSyncRun>>(
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    this.writing = true;
    const written = inTransaction(this.dataSource, async (manager) => {
      const run = await work(manager);
      await this.fenced(manager, { ...run, leasedUntil: this.until() });
      return run;
    });
    const run = await written.finally(() => {
      this.writing = false;
    });
    this.signals.send(this.run.integrationId);
    return run;
  }

  /** Completes the run. `conclude` is in the same transaction, so that a cancel comes before both or after both. */
  complete(
    conclude: (manager: EntityManager) => Promise<RunOutcome>,
    progress: Progress,
  ): Promise<void> {
    return this.finish(progress, async (manager) => ({
      state: 'complete',
      outcome: await conclude(manager),
    }));
  }

  /** Ends the run with an error. It keeps the counts that were saved with each part. */
  fail(failure: RunFailure, progress: Progress): Promise<void> {
    return this.finish(progress, async () => ({ state: 'error', failure }));
  }

  /** Makes the run queued again at a shutdown; it continues from its last checkpoint. */
  async handBack(progress: Progress): Promise<void> {
    const queued = { state: 'queued', leasedUntil: null, handedOverAt: null } as const;
    await this.fenced(this.dataSource.manager, { ...progress, ...queued });
  }

  /** Frees the worker while GitHub's limit lasts; then any worker continues from the last checkpoint. */
  async wait(ms: number, progress: Progress): Promise<void> {
    await this.fenced(this.dataSource.manager, {
      ...progress,
      state: 'waiting',
      resumesAt: () => databaseTime(this.dataSource, Math.ceil(ms / 1000)),
      leasedUntil: null,
      handedOverAt: null,
    });
  }

  private async finish(
    progress: Progress,
    end: (manager: EntityManager) => Promise<RunEnd>,
  ): Promise<void> {
    const ended = await inTransaction(this.dataSource, async (manager) => {
      const finished = await finishRun(manager, this.claim, { ...(await end(manager)), progress });
      if (!finished) throw new LeaseLost();
      return finished;
    });
    tellRunEnded(ended);
    this.signals.send(ended.integrationId);
  }

  private async fenced(manager: EntityManager, set: object): Promise<void> {
    const running = { ...this.claim, state: 'running' } as const;
    const { affected } = await manager.update(MemberSyncRun, running, set);
    if (affected !== 1) throw new LeaseLost();
  }

  /** Matches the run until another worker claims it. */
  private get claim() {
    const { id, epoch } = this.run;
    return { id, epoch };
  }

  private until(): () => string {
    return () => databaseTime(this.dataSource, this.seconds);
  }
}
