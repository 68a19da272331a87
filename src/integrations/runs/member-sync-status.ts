import type {
  GithubIntegration,
  MemberSyncStatus,
} from '../connections/github-integration.entity.js';
import { type MemberSyncRun, numberOf } from './member-sync-run.entity.js';
import { type PageMark, pageMark } from './page-mark.js';
import { type Cancellation, cancellationOf, PresentedRun, presentRun } from './present-run.js';
import { isUndecided, type RemovalDecisionView, removalDecision } from './removal-decision.js';
import { countdown, isListRead, runActivity, timeLeft } from './run-activity.js';
import { type RunSummary, runSummary } from './run-summary.js';
import { type HeldCounts, heldCounts, type SyncCounts } from './sync-counts.js';

/** On this event an open page reloads its directory. */
export const FINISHED = 'member-sync-finished';

/** What the partial `member-sync-progress` shows: the same for the page and for the poll. */
export interface MemberSyncStatusView {
  integrationId: number;
  /** `cancelled` is no error to people, and `held` not complete: removals wait for a decision. */
  status: MemberSyncStatus | 'cancelled' | 'held';
  syncing: boolean;
  startedAt: string | null;
  completedAt: string | null;
  /** The error of the latest run, and what to do next when it is stored separately. */
  failure: { message: string; remedy: string } | null;
  /** Who cancelled the latest run, and when. */
  cancellation: Cancellation | undefined;
  result: SyncCounts | null;
  /** How many people the latest run looked at; undefined for everybody. */
  people: number | undefined;
  summary: RunSummary | undefined;
  /** The unfinished run, which can be cancelled. */
  runId: number | undefined;
  /** The held removals of the latest run without a decision. */
  held: (HeldCounts & { runId: number }) | undefined;
  /** What an admin decided about them. */
  decision: RemovalDecisionView | undefined;
  /** The run that the latest one undid, and who asked for it; undefined where the latest one is no undo. */
  undo: { number: number | undefined; by: string | null } | undefined;
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
  const held = run ? heldBy(run, integration) : undefined;
  const status = shownStatus(integration, { cancellation, held });
  const view = {
    integrationId: integration.id,
    status,
    syncing: status === 'syncing',
    startedAt: integration.memberSyncStartedAt?.toISOString() ?? null,
    completedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
    failure: status === 'error' ? failureOf(integration, presented) : null,
    cancellation,
    result: integration.memberSyncResult,
    people: presented?.people,
    summary: runSummary(integration.memberSyncResult, run),
    runId: presented && !presented.finishedAt ? presented.id : undefined,
    held,
    decision: run ? removalDecision(run) : undefined,
    undo: run?.undoesRunId ? undoOf(run) : undefined,
    activity: run && presented && !presented.finishedAt ? activityOf(run, presented) : null,
    seen: seen(integration.memberSyncStatus, run),
  };
  return { ...view, mark: pageMark({ ...view, failed: status === 'error' }) };
}

function shownStatus(
  { memberSyncStatus }: GithubIntegration,
  { cancellation, held }: Pick<MemberSyncStatusView, 'cancellation' | 'held'>,
): MemberSyncStatusView['status'] {
  if (cancellation) return 'cancelled';
  return held ? 'held' : memberSyncStatus;
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

/** Nobody can decide in a directory that is read-only. */
function heldBy(run: MemberSyncRun, { memberSyncStatus, disconnectedAt }: GithubIntegration) {
  if (memberSyncStatus !== 'complete' || disconnectedAt) return undefined;
  const holding = [run, run.holding].find((one) => one && isUndecided(one));
  return holding ? { runId: holding.id, ...heldCounts(holding.result) } : undefined;
}

const undoOf = ({ undoes, requestedBy: by }: MemberSyncRun) => ({
  number: undoes ? numberOf(undoes) : undefined,
  by,
});

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
