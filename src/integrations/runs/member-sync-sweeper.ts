import { Inject, Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { databaseTime } from '../../platform/database/dialect.js';
import { Repeated } from '../../platform/process/repeated.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { claimable } from './run-conditions.js';
import { RunHandOver } from './run-hand-over.js';

/** Adds runs to the queue again: those that wait for a worker, and those whose worker is gone. */
@Injectable()
export class MemberSyncSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated: Repeated;

  constructor(
    private readonly dataSource: DataSource,
    private readonly handOver: RunHandOver,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    const { sweepSeconds } = config.sync;
    this.repeated = new Repeated(MemberSyncSweeper.name, sweepSeconds, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.repeated.start(0);
  }

  onModuleDestroy(): void {
    this.repeated.stop();
  }

  /** Adds every run without a worker to the queue, once. */
  async sweep(): Promise<void> {
    for (const run of await this.abandoned()) await this.handOver.tell(run);
  }

  private abandoned(): Promise<MemberSyncRun[]> {
    // A recently added run may still wait for a free worker.
    const recently = databaseTime(this.dataSource, -2 * this.config.sync.sweepSeconds);
    return this.dataSource
      .createQueryBuilder(MemberSyncRun, 'run')
      .where(claimable(this.dataSource))
      .andWhere(`(handed_over_at IS NULL OR handed_over_at < ${recently})`)
      .orderBy('run.id')
      .getMany();
  }
}
