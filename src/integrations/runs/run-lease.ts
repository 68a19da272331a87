import { DataSource, EntityManager } from 'typeorm';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { databaseTime } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { activeAfter, keepCounts } from './run-counts.js';
import { LeaseLost, RunFailure } from './run-failure.js';
import type { SyncCounts } from './sync-counts.js';

/** How far a run has come. */
export type Progress = Pick<
  MemberSyncRun,
  'phase' | 'done' | 'total' | 'githubRequests' | 'githubNotModified'
>;

/** What a run did. */
export interface RunOutcome {
  result: SyncCounts;
  changeCounts: ChangeCounts;
}

/**
 * A worker's hold on a run. Every write goes through it and names the epoch of the claim, so that a worker that was thought
 * dead and comes back writes nothing more: it gets LeaseLost.
 */
export class RunLease {
  private writing = false;

  constructor(
    private readonly dataSource: DataSource,
    readonly run: Readonly<MemberSyncRun>,
    private readonly seconds: number,
  ) {}

  /** Extends the lease and saves the progress, unless a write is about to do so and holds the run's row meanwhile. */
  async beat(progress: Progress): Promise<void> {
    if (this.writing) return;
    await this.fenced(this.dataSource.manager, { ...progress, leasedUntil: this.until() });
  }

  /** Does `work` and saves what it says of the run, both or neither. */
  async write<T extends Partial<MemberSyncRun>>(
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    this.writing = true;
    const written = inTransaction(this.dataSource, async (manager) => {
      const run = await work(manager);
      await this.fenced(manager, { ...run, leasedUntil: this.until() });
      return run;
    });
    return written.finally(() => {
      this.writing = false;
    });
  }

  /**
   * Ends the run well. What `conclude` still does, and counts, holds together with the end or not at all: a cancel comes
   * either before both or too late for both.
   */
  complete(
    conclude: (manager: EntityManager) => Promise<RunOutcome>,
    progress: Progress,
  ): Promise<void> {
    return inTransaction(this.dataSource, async (manager) => {
      const outcome = await conclude(manager);
      const at = new Date();
      await this.finish(
        manager,
        { ...progress, state: 'complete', ...outcome, finishedAt: at },
        {
          memberSyncStatus: 'complete',
          memberSyncCompletedAt: at,
          memberSyncError: '',
          memberSyncResult: outcome.result,
        },
      );
    });
  }

  /** Ends the run badly. Its counts are those that were saved with what was applied. */
  fail({ code, message, remedy }: RunFailure, progress: Progress): Promise<void> {
    const error = { errorCode: code, errorMessage: message, errorRemedy: remedy };
    return inTransaction(this.dataSource, async (manager) => {
      const { result } = await manager.findOneByOrFail(MemberSyncRun, { id: this.run.id });
      await this.finish(
        manager,
        { ...progress, ...error, state: 'error', finishedAt: new Date() },
        {
          memberSyncStatus: 'error',
          memberSyncError: `${message} ${remedy}`,
          memberSyncResult: result,
        },
      );
    });
  }

  /** Gives the run to whoever is free, at a shutdown: it goes on from its last checkpoint. */
  async handBack(progress: Progress): Promise<void> {
    const queued = { state: 'queued', leasedUntil: null, handedOverAt: null } as const;
    await this.fenced(this.dataSource.manager, { ...progress, ...queued });
  }

  /** Lets the worker go while GitHub's limit lasts; whoever is free then goes on from the last checkpoint. */
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
    manager: EntityManager,
    run: Partial<MemberSyncRun>,
    integration: Partial<GithubIntegration>,
  ): Promise<void> {
    const { integrationId } = this.run;
    const result = integration.memberSyncResult ?? null;
    await this.fenced(manager, {
      ...run,
      unfinishedIntegrationId: null,
      leasedUntil: null,
      activeAfter: activeAfter(integrationId, result),
    });
    await manager.update(GithubIntegration, { id: integrationId }, integration);
    await keepCounts(manager, integrationId, result);
  }

  private async fenced(manager: EntityManager, set: object): Promise<void> {
    const { id, epoch } = this.run;
    const mine = { id, epoch, state: 'running' } as const;
    const { affected } = await manager.update(MemberSyncRun, mine, set);
    if (affected !== 1) throw new LeaseLost();
  }

  private until(): () => string {
    return () => databaseTime(this.dataSource, this.seconds);
  }
}
