import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { addChanges, type ChangeCounts } from '../../members/changes/changes.js';
import {
  REVERSIBLE_KINDS,
  type ReversibleKind,
  StatusReversal,
} from '../../members/directory/status-reversal.js';
import { InvitationReversal } from '../../members/invitations/invitation-reversal.js';
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
import { changedBy, idsOf, reversibleKindsOf } from './reversible-people.js';

/**
 * Undoes the status changes of a finished run: people have the status back that they had before it, and invitations that
 * were cancelled or failed wait again.
 */
@Injectable()
export class RunUndo {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reversal: StatusReversal,
    private readonly invitations: InvitationReversal,
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

  /** How many people an undo would now restore (`back`) and remove (`gone`), and how many invitations would wait again. */
  async effect(run: MemberSyncRun): Promise<{ back: number; gone: number; invited: number }> {
    const { manager } = this.dataSource;
    const people = noReversals();
    for (const kind of reversibleKindsOf(run))
      people[kind] = await changedBy(manager, run, kind).getCount();
    const invited = await this.invitations.count(manager, run);
    return { back: sumOf(people, BACK), gone: sumOf(people, GONE), invited };
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
    const people = noReversals();
    let changeCounts: ChangeCounts = {};
    for (const kind of reversibleKindsOf(run)) {
      const githubIds = await idsOf(changedBy(manager, run, kind));
      const undone = { runId: run.id, kind };
      const reversed = await this.reversal.reverse(manager, context, undone, githubIds);
      people[kind] = reversed.people;
      changeCounts = addChanges(changeCounts, reversed.changes);
    }
    const invited = await this.invitations.reverse(manager, context, run);
    changeCounts = addChanges(changeCounts, invited);
    if (sumOf(people, REVERSIBLE_KINDS) + (invited.invited ?? 0) === 0) throw nothingToUndo();
    const [reactivated, deactivated] = [people.left, people.returned + people.joined];
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
        outcome: { result: counts, changeCounts },
        progress: { done: counts.total, total: counts.total },
      },
    );
    if (!finished) throw syncUnfinished();
    await manager.update(MemberSyncRun, { id: run.id }, { undoneByRunId: id });
    const after = {
      run: finished.number,
      reactivated: sumOf(people, BACK),
      deactivated: sumOf(people, GONE),
    };
    await auditRun(manager, run, { action: 'sync.undo', after });
    return finished;
  }
}

/** What gives people back, and what takes them away. */
const BACK: ReversibleKind[] = ['left', 'collaborator_removed'];
const GONE: ReversibleKind[] = ['returned', 'joined', 'collaborator_added'];

type Reversals = Record<ReversibleKind, number>;

const noReversals = () =>
  Object.fromEntries(REVERSIBLE_KINDS.map((kind) => [kind, 0])) as Reversals;

const sumOf = (people: Reversals, kinds: readonly ReversibleKind[]): number =>
  kinds.reduce((sum, kind) => sum + people[kind], 0);

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
