import type {
  GithubIntegration,
  MemberSyncStatus,
} from '../connections/github-integration.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import { type PageMark, pageMark } from './page-mark.js';
import { type Cancellation, cancellationOf, PresentedRun, presentRun } from './present-run.js';
import { countdown, isListRead, runActivity, timeLeft } from './run-activity.js';
import { type RunSummary, runSummary } from './run-summary.js';
import type { SyncCounts } from './sync-counts.js';

/** On this event an open page reloads its directory. */
export const FINISHED = 'member-sync-finished';

/** What the partial `member-sync-progress` shows: the same for the page and for the poll. */
export interface MemberSyncStatusView {
  integrationId: number;
  /** A cancelled run is not an error to its readers. */
  status: MemberSyncStatus | 'cancelled';
  syncing: boolean;
  startedAt: string | null;
  completedAt: string | null;
  /** The error of the latest run, and what to do next when it is stored separately. */
  failure: { message: string; remedy: string } | null;
  /** Who cancelled the latest run, and when. */
  cancellation: Cancellation | undefined;
  result: SyncCounts | null;
  summary: RunSummary | undefined;
  /** The unfinished run, which can be cancelled. */
  runId: number | undefined;
  /** The held removals of the latest run without a decision. */
  held: { runId: number; people: number } | undefined;
  /** The run that the latest one undid. */
  undoes: number | null;
  /** How far the unfinished run is. */
  activity: RunActivity | null;
  /** Identifies the state. The page reloads its directory when it changes. */
  seen: string;
  mark: PageMark;
}

interface RunActivity {
  words: string;
  done: number;
  total: number | null;
  /** How full the bar is; null where nobody can tell. */
  bar: { value: number; max: number } | null;
  timeLeft: string | undefined;
  resumesAt: string | null;
  resumesIn: ReturnType<typeof countdown>;
  requests: number;
}

/** The current status, from the latest run. */
export function memberSyncStatus(
  integration: GithubIntegration,
  run: MemberSyncRun | null,
): MemberSyncStatusView {
  const presented = run && presentRun(run);
  const cancellation =
    presented && integration.memberSyncStatus === 'error' ? cancellationOf(presented) : undefined;
  const status: MemberSyncStatusView['status'] = cancellation
    ? 'cancelled'
    : integration.memberSyncStatus;
  const view = {
    integrationId: integration.id,
    status,
    syncing: status === 'syncing',
    startedAt: integration.memberSyncStartedAt?.toISOString() ?? null,
    completedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
    failure: status === 'error' ? failureOf(integration, presented) : null,
    cancellation,
    result: integration.memberSyncResult,
    summary: runSummary(integration.memberSyncResult, run),
    runId: presented && !presented.finishedAt ? presented.id : undefined,
    held: status === 'complete' && run ? heldBy(run) : undefined,
    undoes: run?.undoesRunId ?? null,
    activity: run && presented && !presented.finishedAt ? activityOf(run, presented) : null,
    seen: seen(status, run),
  };
  return { ...view, mark: pageMark({ ...view, failed: status === 'error' }) };
}

/** Waiting and a removal decision count as separate states. */
const seen = (status: string, run: MemberSyncRun | null): string =>
  [run?.id, run?.state === 'waiting' ? 'waiting' : status, run?.removalDecision]
    .filter(Boolean)
    .join('-');

/** The integration stores message and remedy in one text; the run stores both. */
function failureOf({ memberSyncError: text }: GithubIntegration, run: PresentedRun | null) {
  const { message = '', remedy = '' } = run?.error ?? {};
  return message && text === `${message} ${remedy}`
    ? { message, remedy }
    : { message: text, remedy: '' };
}

const heldBy = ({ id: runId, result, removalDecision }: MemberSyncRun) =>
  result?.held && !removalDecision ? { runId, people: result.held } : undefined;

const activityOf = (source: MemberSyncRun, run: PresentedRun): RunActivity => ({
  words: runActivity(source),
  done: run.progress.done,
  total: run.progress.total,
  bar: barOf(source),
  timeLeft: timeLeft(run, Date.now()),
  resumesAt: run.progress.resumesAt,
  resumesIn: countdown(run, Date.now()),
  requests: run.github.requests,
});

/** A full bar would look finished while the list is still checked. */
const barOf = (run: MemberSyncRun) =>
  run.total && !isListRead(run) ? { value: run.done, max: run.total } : null;
