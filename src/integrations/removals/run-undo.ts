import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { addChanges } from '../../members/changes/changes.js';
import { type ReversibleKind, StatusReversal } from '../../members/directory/status-reversal.js';
import { Member } from '../../members/member.entity.js';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { lockConnected } from '../connections/lock-connected.js';
import { auditRun } from '../runs/audit-run.js';
import { finishRun } from '../runs/finish-run.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { tellRunEnded } from '../runs/run-ended.js';
import { syncUnfinished } from '../runs/run-failure.js';
import { lastRunNumber, oneMoreRun } from '../runs/run-number.js';
import { isFinished } from '../runs/run-states.js';
import { noCounts } from '../runs/sync-counts.js';

/** Undoes the status changes of a finished run: people have the status back that they had before it. */
@Injectable()
export class RunUndo {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reversal: StatusReversal,
    private readonly signals: ChangeSignals,
  ) {}

  /**
   * Creates a new run with its own changes. Later changes by runs or people stay. The next sync follows GitHub again.
   * @throws PublicError 409: `sync_unfinished`, `nothing_to_undo`, `integration_disconnected`
   */
  async undo(run: MemberSyncRun, undoneBy: string): Promise<MemberSyncRun> {
    if (!isFinished(run.state)) throw syncUnfinished();
    try {
      const undo = await inTransaction(this.dataSource, (manager) =>
        this.apply(manager, run, undoneBy),
      );
      tellRunEnded(undo);
      this.signals.send(undo.integrationId);
      return undo;
    } catch (error) {
      if (isDuplicate(error)) throw syncUnfinished();
      throw error;
    }
  }

  /** How many people an undo would now restore (`back`) and remove (`gone`). */
  async effect(run: MemberSyncRun): Promise<{ back: number; gone: number }> {
    const { manager } = this.dataSource;
    const [left, returned] = [changedBy(manager, run, 'left'), changedBy(manager, run, 'returned')];
    return { back: await left.getCount(), gone: await returned.getCount() };
  }

  private async apply(
    manager: EntityManager,
    run: MemberSyncRun,
    undoneBy: string,
  ): Promise<MemberSyncRun> {
    await lockConnected(manager, run.integrationId);
    const { id } = await begin(manager, run, undoneBy);
    const context = {
      integrationId: run.integrationId,
      runId: id,
      madeBy: undoneBy,
      at: new Date(),
    };
    const reverse = async (kind: ReversibleKind) => {
      const githubIds = await idsOf(changedBy(manager, run, kind));
      return this.reversal.reverse(manager, context, { runId: run.id, kind }, githubIds);
    };
    const [back, gone] = [await reverse('left'), await reverse('returned')];
    const [reactivated, deactivated] = [back.people, gone.people];
    if (reactivated + deactivated === 0) throw nothingToUndo();
    const counts = {
      ...noCounts(),
      updated: reactivated,
      reactivated,
      deactivated,
      total: reactivated,
    };
    const finished = await finishRun(
      manager,
      { id },
      {
        state: 'complete',
        outcome: { result: counts, changeCounts: addChanges(back.changes, gone.changes) },
        progress: { done: counts.total, total: counts.total },
      },
    );
    if (!finished) throw syncUnfinished();
    await manager.update(MemberSyncRun, { id: run.id }, { undoneByRunId: id });
    const after = { run: finished.number, reactivated, deactivated };
    await auditRun(manager, run, { action: 'sync.undo', after });
    return finished;
  }
}

/** A member after a change of each kind, if nothing changed since. */
const STILL = {
  left: { present: false, status: 'left' },
  returned: { present: true, status: 'active' },
} as const;

/** The people who have the status that the run gave them: no later run changed it. */
const changedBy = (
  manager: EntityManager,
  { id: runId, integrationId }: MemberSyncRun,
  kind: ReversibleKind,
): SelectQueryBuilder<Member> =>
  manager
    .createQueryBuilder(Member, 'member')
    .where({ integrationId, ...STILL[kind] })
    .andWhere(
      `member.github_id IN (SELECT made.github_id FROM member_changes made
         WHERE made.run_id = :runId AND made.kind = :kind AND NOT EXISTS (
           SELECT 1 FROM member_changes later
           WHERE later.integration_id = made.integration_id AND later.github_id = made.github_id
             AND later.id > made.id AND later.kind IN ('left', 'returned')))`,
      { runId, kind },
    );

async function idsOf(people: SelectQueryBuilder<Member>): Promise<number[]> {
  const found = await people
    .select('member.github_id', 'githubId')
    .getRawMany<{ githubId: number | string }>();
  return found.map(({ githubId }) => Number(githubId));
}

/** Unfinished during the transaction, so that the unique key prevents syncs. */
async function begin(
  manager: EntityManager,
  run: MemberSyncRun,
  requestedBy: string,
): Promise<MemberSyncRun> {
  const { integrationId, id: undoesRunId } = run;
  const at = new Date();
  await manager.update(GithubIntegration, { id: integrationId }, oneMoreRun);
  return manager.save(
    manager.create(MemberSyncRun, {
      integrationId,
      number: await lastRunNumber(manager, integrationId),
      unfinishedIntegrationId: integrationId,
      undoesRunId,
      trigger: 'manual',
      requestedBy,
      requestedAt: at,
      startedAt: at,
      state: 'running',
    }),
  );
}

export const nothingToUndo = () =>
  new PublicError(
    409,
    'nothing_to_undo',
    'Nothing of this run is left to undo.',
    'Check the directory. Later syncs or people may already have undone it.',
  );
