import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { addChanges, type ChangeCounts } from '../../members/changes/changes.js';
import {
  REVERSIBLE_KINDS,
  type ReversibleKind,
  StatusReversal,
} from '../../members/directory/status-reversal.js';
import { type ReversedTeams, TeamReversal } from '../../members/github-teams/team-reversal.js';
import type { MovedPeople } from '../../members/github-teams/teams-before.js';
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

/** What an undo would now do. */
export interface UndoEffect extends ReversedTeams {
  /** How many members it restores, and how many it removes. */
  back: number;
  gone: number;
  /** The same of outside collaborators. */
  collaboratorsBack: number;
  collaboratorsGone: number;
  /** How many invitations would wait again. */
  invited: number;
}

/**
 * Undoes a finished run: people have the status back that they had before it, invitations that were cancelled or failed
 * wait again, and GitHub teams are as they were. New people, and new teams, stay.
 */
@Injectable()
export class RunUndo {
  constructor(
    private readonly dataSource: DataSource,
    private readonly reversal: StatusReversal,
    private readonly invitations: InvitationReversal,
    private readonly teams: TeamReversal,
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

  async effect(run: MemberSyncRun): Promise<UndoEffect> {
    const { manager } = this.dataSource;
    const people = noReversals();
    const ids: ReversedIds = {};
    for (const kind of reversibleKindsOf(run)) {
      ids[kind] = await idsOf(changedBy(manager, run, kind));
      people[kind] = ids[kind].length;
    }
    const invited = await this.invitations.count(manager, run);
    const teams = await this.teams.count(manager, run, movedMembers(ids));
    return {
      ...{ back: people.left, gone: people.returned + people.joined },
      collaboratorsBack: people.collaborator_removed,
      collaboratorsGone: people.collaborator_added,
      ...{ invited, ...teams },
    };
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
    const ids: ReversedIds = {};
    let changeCounts: ChangeCounts = {};
    for (const kind of reversibleKindsOf(run)) {
      const githubIds = await idsOf(changedBy(manager, run, kind));
      const undone = { runId: run.id, kind };
      const reversed = await this.reversal.reverse(manager, context, undone, githubIds);
      ids[kind] = githubIds;
      people[kind] = reversed.people;
      changeCounts = addChanges(changeCounts, reversed.changes);
    }
    const invited = await this.invitations.reverse(manager, context, run);
    changeCounts = addChanges(changeCounts, invited);
    const teams = await this.teams.reverse(manager, context, run, movedMembers(ids));
    changeCounts = addChanges(changeCounts, teams);
    if (Object.keys(changeCounts).length === 0) throw nothingToUndo();
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

type ReversedIds = Partial<Record<ReversibleKind, number[]>>;

/** Who is in the organization again, and who no longer is. */
const movedMembers = ({ left = [], returned = [], joined = [] }: ReversedIds): MovedPeople => ({
  back: new Set(left),
  gone: new Set([...returned, ...joined]),
});

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
