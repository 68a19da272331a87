import {
  Inject,
  Injectable,
  Logger,
  OnApplicationBootstrap,
  OnModuleDestroy,
} from '@nestjs/common';
import { DataSource, EntityManager, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { isConnectionLost, isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { Repeated } from '../../platform/process/repeated.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { recordHints } from '../hints/record-hints.js';
import { insertRun } from '../runs/member-sync-requests.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { RunHandOver } from '../runs/run-hand-over.js';
import { scheduleOf } from './integration-schedules.js';
import { nextSyncAt } from './schedule.js';
import { isPaused } from './schedule-pause.js';

/** How many integrations are read in one query. */
const MAX_INTEGRATIONS_PER_PASS = 100;

/**
 * Requests the syncs that are due. Of several processes one acts: it moves an integration's `nextSyncAt` and creates the
 * run in one transaction. One run replaces all that were missed while no process ran.
 */
@Injectable()
export class MemberSyncScheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(MemberSyncScheduler.name);
  private readonly repeated: Repeated;

  constructor(
    private readonly dataSource: DataSource,
    private readonly handOver: RunHandOver,
    @Inject(CONFIG) { sync }: Config,
  ) {
    this.repeated = new Repeated(MemberSyncScheduler.name, sync.sweepSeconds, () =>
      this.startDue(new Date()),
    );
  }

  onApplicationBootstrap(): void {
    this.repeated.start();
  }

  onModuleDestroy(): void {
    this.repeated.stop();
  }

  /** Requests all syncs that are due at `now`, each once: a failing one does not stop the others. */
  async startDue(now: Date): Promise<void> {
    for (let last = 0; ; ) {
      const due = await this.dataSource.manager.find(GithubIntegration, {
        where: { id: MoreThan(last), nextSyncAt: LessThanOrEqual(now) },
        order: { id: 'ASC' },
        take: MAX_INTEGRATIONS_PER_PASS,
      });
      for (const integration of due) await this.start(integration, now);
      if (due.length < MAX_INTEGRATIONS_PER_PASS) return;
      last = due.at(-1)?.id ?? last;
    }
  }

  private async start(integration: GithubIntegration, now: Date): Promise<void> {
    try {
      const run = await inTransaction(this.dataSource, (manager) =>
        claim(manager, integration, now),
      );
      if (run) await this.handOver.tell(run);
    } catch (error) {
      // A person requested a sync at the same moment; the next pass moves the schedule.
      if (isDuplicate(error)) return;
      if (isConnectionLost(error)) throw error;
      this.logger.error(`The schedule of integration ${integration.id} failed`, error);
    }
  }
}

/** The new run; null if another process was faster, a sync is running, or the schedule is paused. */
async function claim(
  manager: EntityManager,
  integration: GithubIntegration,
  now: Date,
): Promise<MemberSyncRun | null> {
  const { id: integrationId, nextSyncAt: due } = integration;
  const next = nextSyncAt(scheduleOf(integration), integrationId, now);
  const { affected } = await manager.update(
    GithubIntegration,
    { id: integrationId, nextSyncAt: due },
    { nextSyncAt: next },
  );
  if (affected !== 1) return null;
  const [latest = null] = await manager.find(MemberSyncRun, {
    where: { integrationId, undoesRunId: IsNull() },
    order: { id: 'DESC' },
    take: 1,
  });
  // A run of single people must not cost the schedule its turn.
  if (latest?.unfinishedIntegrationId && latest.scope === 'people')
    await recordHints(manager, [{ integrationId, githubId: null }]);
  if (latest?.unfinishedIntegrationId || isPaused(integration, latest)) return null;
  return insertRun(manager, { integrationId, trigger: 'schedule', requestedBy: null });
}
