import { Inject, Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { MemberChange } from '../members/member-change.entity.js';
import { inTransaction } from '../platform/database/transaction.js';
import { Repeated } from '../platform/process/repeated.js';
import { GithubIntegration } from './github-integration.entity.js';
import { MemberSyncRun } from './member-sync-run.entity.js';

const DAY = 24 * 3_600_000;

/** In seconds. */
const EVERY = 3_600;

/** Rows removed in one transaction, so that none takes long. */
const BATCH = 1_000;

/** Removes runs and changes that are older than they are to be kept. */
@Injectable()
export class RunRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated = new Repeated(RunRetention.name, EVERY, () => this.prune(new Date()));

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

  /** Removes what is too old at that moment; an integration keeps its latest run, whatever its age. */
  async prune(now: Date): Promise<void> {
    const cutoff = new Date(now.getTime() - this.config.sync.keepDays * DAY);
    while ((await this.pruneChanges(cutoff)) === BATCH);
    while ((await this.pruneRuns(cutoff)) === BATCH);
  }

  private pruneChanges(cutoff: Date): Promise<number> {
    return inTransaction(this.dataSource, async (manager) => {
      const old = await manager.find(MemberChange, {
        where: { madeAt: LessThan(cutoff) },
        take: BATCH,
      });
      if (old.length === 0) return 0;
      const integrations = { id: In([...new Set(old.map(({ integrationId }) => integrationId))]) };
      await manager.update(GithubIntegration, integrations, { changesPrunedUntil: cutoff });
      await manager.delete(MemberChange, { id: In(old.map(({ id }) => id)) });
      return old.length;
    });
  }

  private async pruneRuns(cutoff: Date): Promise<number> {
    const old = await this.dataSource
      .createQueryBuilder(MemberSyncRun, 'run')
      .where({ finishedAt: LessThan(cutoff), unfinishedIntegrationId: IsNull() })
      .andWhere(
        (sub) =>
          `run.id < ${sub.subQuery().select('MAX(newer.id)').from(MemberSyncRun, 'newer').where('newer.integration_id = run.integration_id').getQuery()}`,
      )
      .take(BATCH)
      .getMany();
    if (old.length > 0)
      await this.dataSource.manager.delete(MemberSyncRun, { id: In(old.map(({ id }) => id)) });
    return old.length;
  }
}
