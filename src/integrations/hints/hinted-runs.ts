import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { insertRun } from '../runs/member-sync-requests.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { RunHandOver } from '../runs/run-hand-over.js';
import { isPaused } from '../schedules/schedule-pause.js';
import { EVERYBODY } from './hint.entity.js';
import { MAX_PEOPLE } from './max-people.js';
import { waiting } from './waiting-hints.js';

/** Starts runs for the hints that wait. */
@Injectable()
export class HintedRuns {
  constructor(
    private readonly dataSource: DataSource,
    private readonly handOver: RunHandOver,
  ) {}

  /** Whether more people wait than a run of scope `people` looks at. */
  async areMany(integrationId: number): Promise<boolean> {
    return (await this.subjects(integrationId)).length > MAX_PEOPLE;
  }

  /**
   * Starts a run if hints wait. Does nothing while a run is unfinished, because hints are looked for again at its end;
   * before the first complete sync, which finds everybody; and while GitHub refuses the credential.
   */
  async start(integrationId: number): Promise<void> {
    const subjects = await this.subjects(integrationId);
    if (subjects.length === 0) return;
    const isForAll = subjects.length > MAX_PEOPLE || subjects.includes(EVERYBODY);
    const scope = isForAll ? 'everybody' : 'people';
    try {
      const run = await inTransaction(this.dataSource, async (manager) =>
        (await mayStart(manager, integrationId))
          ? insertRun(manager, { integrationId, trigger: 'webhook', scope, requestedBy: null })
          : null,
      );
      if (run) await this.handOver.tell(run);
    } catch (error) {
      // Somebody requested a sync at the same moment.
      if (!isDuplicate(error)) throw error;
    }
  }

  private async subjects(integrationId: number): Promise<string[]> {
    const hints = await waiting(this.dataSource.manager, integrationId)
      .select('hint.subject', 'subject')
      .limit(MAX_PEOPLE + 1)
      .getRawMany<{ subject: string }>();
    return hints.map(({ subject }) => subject);
  }
}

async function mayStart(manager: EntityManager, id: number): Promise<boolean> {
  const integration = await manager.findOneBy(GithubIntegration, { id, disconnectedAt: IsNull() });
  if (!integration) return false;
  const [latest = null] = await manager.find(MemberSyncRun, {
    where: { integrationId: id, undoesRunId: IsNull() },
    order: { id: 'DESC' },
    take: 1,
  });
  if (!latest || latest.unfinishedIntegrationId || isPaused(integration, latest)) return false;
  return (
    (latest.scope === 'everybody' && latest.state === 'complete') ||
    manager.existsBy(MemberSyncRun, {
      integrationId: id,
      scope: 'everybody',
      state: 'complete',
      undoesRunId: IsNull(),
    })
  );
}
