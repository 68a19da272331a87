import { DataSource, EntityManager } from 'typeorm';
import { databaseTime } from '../platform/database/dialect.js';
import { inTransaction } from '../platform/database/transaction.js';
import { GithubIntegration } from './github-integration.entity.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { LeaseLost, RunFailure } from './run-failure.js';
import { SyncCounts } from './sync-counts.js';

/** How far a run has come. */
export type Progress = Pick<
  MemberSyncRun,
  'phase' | 'done' | 'total' | 'githubRequests' | 'githubNotModified'
>;

/**
 * A worker's hold on a run. Every write goes through it and names the epoch of the claim, so that a worker that was thought
 * dead and comes back writes nothing more: it gets LeaseLost.
 */
export class RunLease {
  constructor(
    private readonly dataSource: DataSource,
    readonly run: Readonly<MemberSyncRun>,
    private readonly seconds: number,
  ) {}

  /** Extends the lease and saves the progress. */
  async beat(progress: Progress): Promise<void> {
    await this.fenced(this.dataSource.manager, { ...progress, leasedUntil: this.until() });
  }

  /** Does `work` and saves what it says of the run, both or neither. */
  write<T extends Partial<MemberSyncRun>>(
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    return inTransaction(this.dataSource, async (manager) => {
      const run = await work(manager);
      await this.fenced(manager, { ...run, leasedUntil: this.until() });
      return run;
    });
  }

  complete(counts: SyncCounts, progress: Progress): Promise<void> {
    const at = new Date();
    return this.finish(
      { ...progress, state: 'complete', result: counts, finishedAt: at },
      {
        memberSyncStatus: 'complete',
        memberSyncCompletedAt: at,
        memberSyncError: '',
        memberSyncResult: counts,
      },
    );
  }

  fail(
    { code, message, remedy }: RunFailure,
    counts: SyncCounts | null,
    progress: Progress,
  ): Promise<void> {
    const error = { errorCode: code, errorMessage: message, errorRemedy: remedy };
    return this.finish(
      { ...progress, ...error, state: 'error', result: counts, finishedAt: new Date() },
      {
        memberSyncStatus: 'error',
        memberSyncError: `${message} ${remedy}`,
        memberSyncResult: counts,
      },
    );
  }

  /** Gives the run to whoever is free, at a shutdown: it goes on from its last checkpoint. */
  async handBack(progress: Progress): Promise<void> {
    const queued = { state: 'queued', leasedUntil: null, handedOverAt: null } as const;
    await this.fenced(this.dataSource.manager, { ...progress, ...queued });
  }

  private finish(
    run: Partial<MemberSyncRun>,
    integration: Partial<GithubIntegration>,
  ): Promise<void> {
    const { integrationId } = this.run;
    return inTransaction(this.dataSource, async (manager) => {
      await this.fenced(manager, { ...run, unfinishedIntegrationId: null, leasedUntil: null });
      await manager.update(GithubIntegration, { id: integrationId }, integration);
    });
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
