import { Inject, Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DataSource, LessThan, LessThanOrEqual } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { DAY_MS, startOfDay } from '../../platform/dates.js';
import { Repeated } from '../../platform/process/repeated.js';
import { AuditChain } from './audit-chain.entity.js';
import { AuditEntry } from './audit-entry.entity.js';
import { NO_TEAM, recordAudit } from './record-audit.js';

const CLEAN_EVERY_SECONDS = 3_600;

/** Entries removed in one transaction, which delays the team's next entry. */
const MAX_ENTRIES_PER_DELETE = 1_000;

/** Removes audit entries that are older than KEEP_AUDIT_DAYS, from the beginning of each chain. */
@Injectable()
export class AuditRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated = new Repeated(AuditRetention.name, CLEAN_EVERY_SECONDS, () =>
    this.prune(new Date()),
  );

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.repeated.start();
  }

  onModuleDestroy(): void {
    this.repeated.stop();
  }

  /** Removes what is too old at `now`. The chain keeps the hash of the last removed entry, so the rest can be verified. */
  async prune(now: Date): Promise<void> {
    // Whole days: otherwise there would be an entry about it every hour.
    const cutoff = startOfDay(new Date(now.getTime() - this.config.keepAuditDays * DAY_MS));
    for (const { teamId } of await this.dataSource.manager.find(AuditChain))
      for (let isFirst = true; await this.pruneChain(teamId, { cutoff, isFirst }); isFirst = false);
  }

  /** Whether there may be more. The first transaction of a chain records how many are to be removed. */
  private pruneChain(
    teamId: number,
    { cutoff, isFirst }: { cutoff: Date; isFirst: boolean },
  ): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      await forUpdate(manager.createQueryBuilder(AuditChain, 'chain').where({ teamId })).getOne();
      const old = await manager.find(AuditEntry, {
        where: { teamId, at: LessThan(cutoff) },
        order: { number: 'ASC' },
        take: MAX_ENTRIES_PER_DELETE,
      });
      const last = old.at(-1);
      if (!last) return false;
      const entries = isFirst
        ? await manager.countBy(AuditEntry, { teamId, at: LessThan(cutoff) })
        : 0;
      // All up to this number, because clocks differ and a chain has no gaps.
      await manager.delete(AuditEntry, { teamId, number: LessThanOrEqual(last.number) });
      const pruned = { prunedNumber: last.number, prunedHash: last.hash };
      await manager.update(AuditChain, { teamId }, pruned);
      if (isFirst)
        await recordAudit(manager, {
          teamId: teamId === NO_TEAM ? null : teamId,
          ...{ action: 'retention.audit', subject: 'audit log' },
          after: { entries, before: cutoff.toISOString() },
        });
      return old.length === MAX_ENTRIES_PER_DELETE;
    });
  }
}
