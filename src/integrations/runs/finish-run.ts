import { EntityManager, type FindOptionsWhere, In } from 'typeorm';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { settleHints } from '../hints/ended-hints.js';
import { recordOutbox } from '../outbox/record-outbox.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { activeAfter, keepCounts } from './run-counts.js';
import type { RunFailure } from './run-failure.js';
import { statesBefore } from './run-states.js';
import { countsOf, type RunResult } from './sync-counts.js';

/** How a run ends. */
export interface RunEnd {
  state: 'complete' | 'error' | 'cancelled';
  /** Why it did not complete. */
  failure?: RunFailure;
  /** What a complete run did; other runs keep the counts that were saved during the work. */
  outcome?: { result: RunResult; changeCounts: ChangeCounts };
  /** How far it got. */
  progress?: Partial<MemberSyncRun>;
}

/**
 * Ends a run in the caller's transaction: updates its row, what its integration shows, and the counts of members. Every
 * run ends here. `where` has the run's id, and may have more conditions, such as the epoch of a claim.
 * @returns the ended run; undefined if it does not match `where`, or its state does not allow the transition
 */
export async function finishRun(
  manager: EntityManager,
  where: FindOptionsWhere<MemberSyncRun> & { id: number },
  { state, failure, outcome, progress }: RunEnd,
): Promise<MemberSyncRun | undefined> {
  const { id } = where;
  const finishedAt = new Date();
  const { affected } = await manager.update(
    MemberSyncRun,
    { ...where, state: In(statesBefore(state)) },
    {
      ...progress,
      ...outcome,
      ...(outcome && { activeAfter: activeAfter(outcome.result) }),
      ...(failure && columnsOf(failure)),
      state,
      finishedAt,
      unfinishedIntegrationId: null,
      leasedUntil: null,
      resumesAt: null,
    },
  );
  if (affected !== 1) return undefined;
  const ended = await manager.findOneByOrFail(MemberSyncRun, { id });
  const { integrationId, result } = ended;
  const missed = await settleHints(manager, ended);
  const known = outcome ? {} : { activeAfter: activeAfter(result) };
  const after = missed === null ? known : { ...known, missed };
  const isMore = Object.keys(after).length > 0;
  if (isMore) await manager.update(MemberSyncRun, { id }, after);
  await manager.update(GithubIntegration, { id: integrationId }, shownOf(ended));
  await keepCounts(manager, integrationId, result);
  await recordOutbox(manager, ended, 'run');
  // The database computed `activeAfter`.
  return isMore ? manager.findOneByOrFail(MemberSyncRun, { id }) : ended;
}

const columnsOf = ({ code, message, remedy }: RunFailure) => ({
  errorCode: code,
  errorMessage: message,
  errorRemedy: remedy,
});

/** What the integration shows of the run that ended last. */
const shownOf = ({ state, requestedAt, finishedAt, result, ...run }: MemberSyncRun) => ({
  memberSyncStartedAt: requestedAt,
  memberSyncResult: result && countsOf(result),
  ...(state === 'complete'
    ? {
        memberSyncStatus: 'complete' as const,
        memberSyncCompletedAt: finishedAt,
        memberSyncError: '',
      }
    : {
        memberSyncStatus: 'error' as const,
        memberSyncError: `${run.errorMessage} ${run.errorRemedy}`,
      }),
});
