import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { addChanges } from '../../members/changes/changes.js';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { DirectoryUpdates } from '../../members/directory/directory-updates.js';
import { Member } from '../../members/member.entity.js';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { finishRun } from '../runs/finish-run.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { syncUnfinished } from '../runs/run-failure.js';
import { isFinished } from '../runs/run-states.js';
import { noCounts } from '../runs/sync-counts.js';

/** Undoes the status changes of a finished run: people who left are back, those who returned are gone. */
@Injectable()
export class RunUndo {
  constructor(
    private readonly dataSource: DataSource,
    private readonly directory: DirectoryUpdates,
  ) {}

  /**
   * Creates a new run with its own changes. Later changes by runs or people stay. The next sync follows GitHub again.
   * @throws PublicError 409: `sync_unfinished`, `nothing_to_undo`
   */
  async undo(run: MemberSyncRun, undoneBy: string): Promise<MemberSyncRun> {
    if (!isFinished(run.state)) throw syncUnfinished();
    try {
      return await inTransaction(this.dataSource, (manager) => this.apply(manager, run, undoneBy));
    } catch (error) {
      if (isDuplicate(error)) throw syncUnfinished();
      throw error;
    }
  }

  /** How many people an undo would now restore (`back`) and remove (`gone`). */
  async effect(run: MemberSyncRun): Promise<{ back: number; gone: number }> {
    const count = (kind: 'left' | 'returned') =>
      this.dataSource
        .createQueryBuilder(Member, 'member')
        .where({ integrationId: run.integrationId, ...STILL[kind] })
        .andWhere((sub) => `member.github_id IN ${changedBy(sub)}`)
        .setParameters({ runId: run.id, kind })
        .getCount();
    return { back: await count('left'), gone: await count('returned') };
  }

  private async apply(
    manager: EntityManager,
    run: MemberSyncRun,
    undoneBy: string,
  ): Promise<MemberSyncRun> {
    const { id } = await begin(manager, run, undoneBy);
    const context = {
      integrationId: run.integrationId,
      runId: id,
      madeBy: undoneBy,
      at: new Date(),
    };
    const [left, returned] = await Promise.all([
      idsOf(manager, run, 'left'),
      idsOf(manager, run, 'returned'),
    ]);
    const back = await this.directory.restoreAll(manager, context, left);
    const gone = await this.directory.removeAll(manager, context, returned);
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
    return finished;
  }
}

/** A member after a change of each kind, if nothing changed since. */
const STILL = {
  left: { present: false, status: 'left' },
  returned: { present: true, status: 'active' },
} as const;

const changedBy = (select: SelectQueryBuilder<Member>): string =>
  select
    .subQuery()
    .select('change.github_id')
    .from(MemberChange, 'change')
    .where('change.run_id = :runId AND change.kind = :kind')
    .getQuery();

/** Unfinished during the transaction, so that the unique key prevents syncs. */
function begin(
  manager: EntityManager,
  run: MemberSyncRun,
  requestedBy: string,
): Promise<MemberSyncRun> {
  const { integrationId, id: undoesRunId } = run;
  const at = new Date();
  return manager.save(
    manager.create(MemberSyncRun, {
      integrationId,
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

async function idsOf(
  manager: EntityManager,
  { id: runId }: MemberSyncRun,
  kind: 'left' | 'returned',
): Promise<number[]> {
  const changes = await manager.find(MemberChange, {
    select: { githubId: true },
    where: { runId, kind },
  });
  return [...new Set(changes.map(({ githubId }) => githubId))];
}

export const nothingToUndo = () =>
  new PublicError(
    409,
    'nothing_to_undo',
    'Nothing of this run is left to undo.',
    'Check the directory. Later syncs or people may already have undone it.',
  );
