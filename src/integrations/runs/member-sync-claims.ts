import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { databaseTime } from '../../platform/database/dialect.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { claimable } from './run-conditions.js';
import { RunLease } from './run-lease.js';

/** Decides in the database which worker holds a run. */
@Injectable()
export class MemberSyncClaims {
  constructor(
    private readonly dataSource: DataSource,
    private readonly signals: ChangeSignals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Claims a run that is queued, lost its worker or has waited long enough; null if it cannot be claimed. */
  async claim(runId: number): Promise<RunLease | null> {
    const claimedBy = randomUUID();
    const { leaseSeconds } = this.config.sync;
    const now = databaseTime(this.dataSource);
    await this.dataSource
      .createQueryBuilder()
      .update(MemberSyncRun)
      .set({
        // First, because MySQL sets one column after the other, and `state` changes next.
        takeovers: () => "takeovers + CASE state WHEN 'running' THEN 1 ELSE 0 END",
        state: 'running',
        claimedBy,
        epoch: () => 'epoch + 1',
        leasedUntil: () => databaseTime(this.dataSource, leaseSeconds),
        startedAt: () => `COALESCE(started_at, ${now})`,
        resumesAt: null,
        // Set here, because a run would show no progress until the first beat.
        phase: 'preparing',
      })
      .where('id = :runId', { runId })
      .andWhere(claimable(this.dataSource))
      .execute();
    const run = await this.dataSource.manager.findOneBy(MemberSyncRun, { id: runId, claimedBy });
    return run && new RunLease(this.dataSource, run, leaseSeconds, this.signals);
  }
}
