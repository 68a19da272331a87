import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { databaseTime } from '../../platform/database/dialect.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { claimable } from './run-conditions.js';
import { RunLease } from './run-lease.js';

/** Decides, by the database, which worker holds a run. */
@Injectable()
export class MemberSyncClaims {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes a run that is queued, or whose worker is gone, or whose wait is over; null where there is nothing to take. */
  async claim(runId: number): Promise<RunLease | null> {
    const claimedBy = randomUUID();
    const { leaseSeconds } = this.config.sync;
    const now = databaseTime(this.dataSource);
    await this.dataSource
      .createQueryBuilder()
      .update(MemberSyncRun)
      .set({
        // First of all, because MySQL sets one column after the other, and `state` is about to change.
        takeovers: () => "takeovers + CASE state WHEN 'running' THEN 1 ELSE 0 END",
        state: 'running',
        claimedBy,
        epoch: () => 'epoch + 1',
        leasedUntil: () => databaseTime(this.dataSource, leaseSeconds),
        startedAt: () => `COALESCE(started_at, ${now})`,
        resumesAt: null,
        // At once, and not with the first beat: until then a run would show no progress.
        phase: 'preparing',
      })
      .where('id = :runId', { runId })
      .andWhere(claimable(this.dataSource))
      .execute();
    const run = await this.dataSource.manager.findOneBy(MemberSyncRun, { id: runId, claimedBy });
    return run && new RunLease(this.dataSource, run, leaseSeconds);
  }
}
