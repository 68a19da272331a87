import {
  Inject,
  Injectable,
  Logger,
  OnApplicationBootstrap,
  OnModuleDestroy,
} from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { isSqlite } from '../../platform/database/dialect.js';
import { asText } from '../../platform/database/insert-rows.js';
import { DAY_MS } from '../../platform/dates.js';
import { Repeated } from '../../platform/process/repeated.js';
import { Hint, WAITING } from './hint.entity.js';
import { MAX_BURST_MS } from './hint-gathering.js';
import { HintedRuns } from './hinted-runs.js';
import { MAY_START } from './waiting-hints.js';

/** An older hint says nothing: of an organization that was never synced, or of a run that was removed. */
const MAX_AGE_MS = 7 * DAY_MS;

/** Starts runs for hints that no process gathers: it stopped, or the database was away, or a failed run is tried again. */
@Injectable()
export class HintSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HintSweeper.name);
  private readonly repeated: Repeated;
  private readonly gatherMs: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly runs: HintedRuns,
    @Inject(CONFIG) { sync, webhooks }: Config,
  ) {
    this.gatherMs = webhooks.gatherMs;
    this.repeated = new Repeated(HintSweeper.name, sync.sweepSeconds, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.repeated.start(0);
  }

  onModuleDestroy(): void {
    this.repeated.stop();
  }

  /** A failing integration does not stop the others. */
  async sweep(): Promise<void> {
    await this.releaseLost();
    for (const id of await this.due())
      await this.runs.start(id).catch((error: unknown) => {
        this.logger.error(`The hints of integration ${id} could not start a run`, error);
      });
    await this.dataSource.manager.delete(Hint, {
      hintedAt: LessThan(new Date(Date.now() - MAX_AGE_MS)),
    });
  }

  /** A worker that lost its run may have taken hints for it after its end. Where the same one waits already, that is enough. */
  private async releaseLost(): Promise<void> {
    const ignore = isSqlite(this.dataSource) ? 'OR IGNORE' : 'IGNORE';
    await this.dataSource.query(
      `UPDATE ${ignore} hints SET run_id = ${WAITING}
         WHERE run_id <> ${WAITING} AND NOT EXISTS (SELECT 1 FROM member_sync_runs run
           WHERE run.id = hints.run_id AND run.unfinished_integration_id IS NOT NULL)`,
    );
  }

  /** Integrations whose newest hint has waited long enough, or whose oldest has in spite of newer ones. */
  private async due(): Promise<number[]> {
    const now = Date.now();
    const before = (ms: number) => asText(new Date(now - ms));
    const rows = await this.dataSource
      .createQueryBuilder(Hint, 'hint')
      .select('hint.integration_id', 'id')
      .where({ runId: WAITING })
      .andWhere(MAY_START, { now: new Date(now) })
      .groupBy('hint.integration_id')
      .having('MAX(hint.hinted_at) < :gathered OR MIN(hint.hinted_at) < :burst', {
        gathered: before(this.gatherMs),
        burst: before(this.gatherMs + MAX_BURST_MS),
      })
      .getRawMany<{ id: number }>();
    return rows.map(({ id }) => id);
  }
}
