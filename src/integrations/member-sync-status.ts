import type { GithubIntegration } from './github-integration.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import { PresentedRun, presentRun } from './present-run.js';
import { runActivity, timeLeft } from './run-activity.js';
import type { SyncCounts } from './sync-counts.js';

/** What the partial `member-sync-progress` shows: the same for the page and for the poll. */
export interface MemberSyncStatusView {
  integrationId: number;
  pending: boolean;
  syncing: boolean;
  complete: boolean;
  failed: boolean;
  startedAt: string | null;
  completedAt: string | null;
  /** Why the latest run did not end well, and what to do next, where that is told apart. */
  failure: { message: string; remedy: string } | null;
  result: SyncCounts | null;
  /** The unfinished run, which can be cancelled. */
  runId: number | undefined;
  /** The removals that the latest run holds, and nobody has decided about. */
  held: { runId: number; people: number } | undefined;
  /** The run that the latest one undid. */
  undoes: number | null;
  /** How far the unfinished run is. */
  activity: RunActivity | null;
}

interface RunActivity {
  words: string;
  done: number;
  total: number | null;
  timeLeft: string | undefined;
  resumesAt: string | null;
  requests: number;
}

/** The status of now, as the latest run has it. */
export function memberSyncStatus(
  integration: GithubIntegration,
  run: MemberSyncRun | null,
): MemberSyncStatusView {
  const { memberSyncStatus: status } = integration;
  const presented = run && presentRun(run);
  return {
    integrationId: integration.id,
    pending: status === 'pending',
    syncing: status === 'syncing',
    complete: status === 'complete',
    failed: status === 'error',
    startedAt: integration.memberSyncStartedAt?.toISOString() ?? null,
    completedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
    failure: status === 'error' ? failureOf(integration, presented) : null,
    result: integration.memberSyncResult,
    runId: presented && !presented.finishedAt ? presented.id : undefined,
    held: status === 'complete' && run ? heldBy(run) : undefined,
    undoes: run?.undoesRunId ?? null,
    activity: presented && !presented.finishedAt ? activityOf(presented) : null,
  };
}

/** The integration keeps both in one text, and the run keeps them apart. */
function failureOf({ memberSyncError: text }: GithubIntegration, run: PresentedRun | null) {
  const { message = '', remedy = '' } = run?.error ?? {};
  return message && text === `${message} ${remedy}`
    ? { message, remedy }
    : { message: text, remedy: '' };
}

const heldBy = ({ id: runId, result, removalDecision }: MemberSyncRun) =>
  result?.held && !removalDecision ? { runId, people: result.held } : undefined;

const activityOf = (run: PresentedRun): RunActivity => ({
  words: runActivity(run),
  done: run.progress.done,
  total: run.progress.total,
  timeLeft: timeLeft(run, Date.now()),
  resumesAt: run.progress.resumesAt,
  requests: run.github.requests,
});
