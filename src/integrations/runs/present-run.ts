import { type MemberSyncRun, numberOf } from './member-sync-run.entity.js';
import type { RunFailure } from './run-failure.js';

/** A run, as it is shown everywhere. Times are ISO 8601, UTC, with milliseconds. */
export interface PresentedRun {
  id: number;
  state: MemberSyncRun['state'];
  trigger: MemberSyncRun['trigger'];
  scope: MemberSyncRun['scope'];
  /** How many people a run of scope `people` looks at; undefined for everybody. */
  people?: number;
  requestedBy: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  result: MemberSyncRun['result'];
  error: RunFailure | null;
  progress: {
    phase: MemberSyncRun['phase'];
    done: number;
    total: number | null;
    resumesAt: string | null;
  };
  github: { requests: number; notModified: number };
  /** Counts the runs of the organization. */
  number: number;
  undoesRunId: number | null;
  undoneByRunId: number | null;
}

export const presentRun = (run: MemberSyncRun): PresentedRun => ({
  id: run.id,
  state: run.state,
  trigger: run.trigger,
  scope: run.scope,
  ...(run.scope === 'people' && { people: run.people ?? 0 }),
  requestedBy: run.requestedBy,
  startedAt: time(run.startedAt),
  finishedAt: time(run.finishedAt),
  result: run.result,
  error: errorOf(run),
  progress: {
    phase: run.phase,
    done: run.done,
    total: run.total,
    resumesAt: time(run.resumesAt),
  },
  github: { requests: run.githubRequests, notModified: run.githubNotModified },
  number: numberOf(run),
  undoesRunId: run.undoesRunId,
  undoneByRunId: run.undoneByRunId,
});

/** Who cancelled a run, in words, and when. */
export interface Cancellation {
  message: string;
  at: string | null;
}

/** Undefined for a run that was not cancelled. */
export const cancellationOf = ({
  state,
  error,
  finishedAt: at,
}: PresentedRun): Cancellation | undefined =>
  state === 'cancelled' ? { message: error?.message ?? 'Cancelled.', at } : undefined;

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

const errorOf = ({ errorCode, errorMessage, errorRemedy }: MemberSyncRun): RunFailure | null =>
  errorCode === null
    ? null
    : { code: errorCode, message: errorMessage ?? '', remedy: errorRemedy ?? '' };
