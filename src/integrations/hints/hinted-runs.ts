import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { insertHintedRun } from '../runs/member-sync-requests.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { RunHandOver } from '../runs/run-hand-over.js';
import { isPaused } from '../schedules/schedule-pause.js';
import { Hint, WAITING } from './hint.entity.js';
import { EVERYBODY } from './hint-subject.js';
import { MAX_PEOPLE } from './max-people.js';
import { MAY_START } from './waiting-hints.js';

interface Latest {
  latest: MemberSyncRun | null;
}

/** Starts runs for the hints that wait. */
@Injectable()
export class HintedRuns {
  constructor(
    private readonly dataSource: DataSource,
    private readonly handOver: RunHandOver,
  ) {}

  /** Whether more people wait than a run of scope `people` looks at. */
  async areMany(integrationId: number): Promise<boolean> {
    const hints = this.waiting().setParameters({ integrationId, now: new Date() });
    return (await hints.getCount()) > MAX_PEOPLE;
  }

  /**
   * Starts a run if hints wait. Does nothing while a run is unfinished, because hints are looked for again at its end;
   * before the first complete sync, which finds everybody; and while GitHub refuses the credential.
   */
  async start(integrationId: number): Promise<void> {
    const scope = await this.wanted(integrationId);
    if (!scope) return;
    const request = { integrationId, trigger: 'webhook', scope, requestedBy: null } as const;
    try {
      const run = await inTransaction(this.dataSource, (manager) =>
        insertHintedRun(manager, request),
      );
      await this.handOver.tellNew(run);
    } catch (error) {
      // Somebody requested a sync at the same moment.
      if (!isDuplicate(error)) throw error;
    }
  }

  /** One statement: a hint must cost little, however many come. */
  private async wanted(integrationId: number): Promise<MemberSyncRun['scope'] | undefined> {
    const { entities, raw } = await this.dataSource
      .createQueryBuilder(GithubIntegration, 'integration')
      .leftJoinAndMapOne(
        'integration.latest',
        MemberSyncRun,
        'latest',
        `latest.id = (SELECT run.id FROM member_sync_runs run
           WHERE run.integration_id = :integrationId AND run.undoes_run_id IS NULL
           ORDER BY run.id DESC LIMIT 1)`,
      )
      .addSelect(`(${this.waiting().select('COUNT(*)').getQuery()})`, 'people')
      .addSelect(
        `(${this.waiting().select('COUNT(*)').andWhere(`hint.subject = '${EVERYBODY}'`).getQuery()})`,
        'everybody',
      )
      .addSelect(
        `EXISTS (SELECT 1 FROM member_sync_runs whole WHERE whole.integration_id = :integrationId
           AND whole.scope = 'everybody' AND whole.state = 'complete' AND whole.undoes_run_id IS NULL)`,
        'isSynced',
      )
      .where('integration.id = :integrationId AND integration.disconnected_at IS NULL')
      .setParameters({ integrationId, now: new Date() })
      .getRawAndEntities<{ people: number; everybody: number; isSynced: number }>();
    const [integration] = entities as (GithubIntegration & Latest)[];
    const [{ people, everybody, isSynced } = NOTHING] = raw;
    if (!integration || Number(people) === 0 || !Number(isSynced)) return undefined;
    const { latest } = integration;
    if (latest?.unfinishedIntegrationId || isPaused(integration, latest)) return undefined;
    return Number(people) > MAX_PEOPLE || Number(everybody) > 0 ? 'everybody' : 'people';
  }

  private waiting(): SelectQueryBuilder<Hint> {
    return this.dataSource
      .createQueryBuilder(Hint, 'hint')
      .where(`hint.run_id = ${WAITING} AND hint.integration_id = :integrationId`)
      .andWhere(MAY_START);
  }
}

const NOTHING = { people: 0, everybody: 0, isSynced: 0 };
