import { Inject, Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DataSource, LessThan, LessThanOrEqual } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { DAY_MS } from '../../platform/dates.js';
import { Repeated } from '../../platform/process/repeated.js';
import { AuditChain } from './audit-chain.entity.js';
import { AuditEntry } from './audit-entry.entity.js';

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
    const cutoff = new Date(now.getTime() - this.config.keepAuditDays * DAY_MS);
    for (const { teamId } of await this.dataSource.manager.find(AuditChain))
      while ((await this.pruneChain(teamId, cutoff)) === MAX_ENTRIES_PER_DELETE);
  }

  private pruneChain(teamId: number, cutoff: Date): Promise<number> {
    return inTransaction(this.dataSource, async (manager) => {
      await forUpdate(manager.createQueryBuilder(AuditChain, 'chain').where({ teamId })).getOne();
      const old = await manager.find(AuditEntry, {
        where: { teamId, at: LessThan(cutoff) },
        order: { number: 'ASC' },
        take: MAX_ENTRIES_PER_DELETE,
      });
      const last = old.at(-1);
      if (!last) return 0;
      // All up to this number, because clocks differ and a chain has no gaps.
      await manager.delete(AuditEntry, { teamId, number: LessThanOrEqual(last.number) });
      const pruned = { prunedNumber: last.number, prunedHash: last.hash };
      await manager.update(AuditChain, { teamId }, pruned);
      return old.length;
    });
  }
}
