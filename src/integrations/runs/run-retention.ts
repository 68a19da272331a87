import { Inject, Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { And, DataSource, type EntityManager, In, IsNull, LessThan, Not } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { pruneTeams } from '../../members/github-teams/prune-teams.js';
import { pruneInvitations } from '../../members/invitations/prune-invitations.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { DAY_MS, startOfDay } from '../../platform/dates.js';
import { Repeated } from '../../platform/process/repeated.js';
import { auditIntegration } from '../connections/audit-integration.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { pruneDeliveries } from '../webhooks/prune-deliveries.js';
import { MemberSyncRun } from './member-sync-run.entity.js';

const CLEAN_EVERY_SECONDS = 3_600;

/** Rows removed in one transaction, to keep it short. */
const MAX_ROWS_PER_DELETE = 1_000;

/** Removes runs, changes and ended invitations that are older than the integration's limit, or else the server's, and old deliveries. */
@Injectable()
export class RunRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated = new Repeated(RunRetention.name, CLEAN_EVERY_SECONDS, () =>
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

  /** Removes what is too old at `now`; an integration always keeps its latest run. */
  async prune(now: Date): Promise<void> {
    const { manager } = this.dataSource;
    await pruneDeliveries(manager, now);
    const select = { id: true, keepDays: true };
    const integrations = await manager.find(GithubIntegration, { select });
    for (const { id, keepDays } of integrations) {
      const days = keepDays ?? this.config.sync.keepDays;
      // Whole days: otherwise there would be an entry in the audit log every hour.
      const cutoff = startOfDay(new Date(now.getTime() - days * DAY_MS));
      if (!(await this.announce(id, cutoff))) continue;
      while ((await this.pruneChanges(id, cutoff)) === MAX_ROWS_PER_DELETE);
      for (const prune of [pruneTeams, pruneInvitations])
        while ((await prune(manager, id, cutoff, MAX_ROWS_PER_DELETE)) === MAX_ROWS_PER_DELETE);
      while ((await this.pruneRuns(id, cutoff)) === MAX_ROWS_PER_DELETE);
    }
  }

  /** Before anything is removed: the audit log says what, and nobody reads what is about to go. False for nothing. */
  private announce(integrationId: number, cutoff: Date): Promise<boolean> {
    return inTransaction(this.dataSource, async (manager) => {
      const changes = await manager.countBy(MemberChange, oldChanges(integrationId, cutoff));
      const runs = await manager.countBy(
        MemberSyncRun,
        await oldRuns(manager, integrationId, cutoff),
      );
      if (changes + runs === 0) return false;
      const pruned = { changesPrunedUntil: cutoff };
      if (changes > 0) await manager.update(GithubIntegration, { id: integrationId }, pruned);
      await auditIntegration(manager, integrationId, {
        action: 'retention.runs',
        after: { runs, changes, before: cutoff.toISOString() },
      });
      return true;
    });
  }

  private async pruneChanges(integrationId: number, cutoff: Date): Promise<number> {
    const { manager } = this.dataSource;
    const old = await manager.find(MemberChange, {
      select: { id: true },
      where: oldChanges(integrationId, cutoff),
      take: MAX_ROWS_PER_DELETE,
    });
    if (old.length > 0) await manager.delete(MemberChange, { id: In(old.map(({ id }) => id)) });
    return old.length;
  }

  private async pruneRuns(integrationId: number, cutoff: Date): Promise<number> {
    const { manager } = this.dataSource;
    const old = await manager.find(MemberSyncRun, {
      select: { id: true },
      where: await oldRuns(manager, integrationId, cutoff),
      take: MAX_ROWS_PER_DELETE,
    });
    if (old.length > 0) await manager.delete(MemberSyncRun, { id: In(old.map(({ id }) => id)) });
    return old.length;
  }
}

const oldChanges = (integrationId: number, cutoff: Date) => ({
  integrationId,
  madeAt: LessThan(cutoff),
});

/** The latest run always stays, and the last complete one of everybody: without it, hints start no run. */
async function oldRuns(manager: EntityManager, integrationId: number, cutoff: Date) {
  const latest = await manager.maximum(MemberSyncRun, 'id', { integrationId });
  const whole = {
    integrationId,
    scope: 'everybody',
    state: 'complete',
    undoesRunId: IsNull(),
  } as const;
  const kept = await manager.maximum(MemberSyncRun, 'id', whole);
  const id = And(LessThan(latest ?? 0), Not(kept ?? 0));
  return { integrationId, id, finishedAt: LessThan(cutoff) };
}
