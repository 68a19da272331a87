import { type MemberSyncRun, numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import { cancellationOf, presentRun } from '../../integrations/runs/present-run.js';
import { isUndecided, removalDecision } from '../../integrations/runs/removal-decision.js';
import { runActivity } from '../../integrations/runs/run-activity.js';
import { runSummary } from '../../integrations/runs/run-summary.js';
import { duration } from './duration.js';

/** A run as the history shows it. @param decidableFrom the first run whose held removals can be decided */
export function presentRunRow(run: MemberSyncRun, decidableFrom = Number.POSITIVE_INFINITY) {
  const presented = presentRun(run);
  const cancellation = cancellationOf(presented);
  return {
    ...presented,
    badge: run.id >= decidableFrom && isUndecided(run) ? 'held' : run.state,
    decision: removalDecision(run),
    error: cancellation ? null : presented.error,
    cancellation,
    isUndo: run.undoesRunId !== null,
    undoes: run.undoes && { id: run.undoes.id, number: numberOf(run.undoes) },
    undoneBy: run.undoneBy && {
      id: run.undoneBy.id,
      number: numberOf(run.undoneBy),
      by: run.undoneBy.requestedBy,
      at: run.undoneBy.finishedAt?.toISOString(),
    },
    summary: runSummary(run.result, run),
    activeAfter: run.activeAfter,
    requestedAt: run.requestedAt.toISOString(),
    duration: run.startedAt && duration(run.startedAt, run.finishedAt ?? new Date()),
    activity: run.finishedAt ? undefined : runActivity(run),
  };
}
