import type { RemovalDecision } from '../removals/undecided-run.js';
import { type PresentedRun, presentRun } from '../runs/present-run.js';
import type { ActivityItem } from './activity.js';
import type { HAND_KINDS } from './activity-query.js';

/** An admin's decision about the removals that a run held. */
export interface PresentedDecision {
  decision: RemovalDecision;
  by: string | null;
  at: string | null;
}

/** An item of an organization's activity, as API and exports show it. */
export interface PresentedActivity {
  kind: 'run' | (typeof HAND_KINDS)[number];
  at: string;
  /** Who asked for it; null for a schedule. */
  by: string | null;
  run: PresentedRun | null;
  removals: PresentedDecision | null;
  member: { githubId: number; login: string } | null;
}

export function presentActivity({ at, run, change }: ActivityItem): PresentedActivity {
  const when = at.toISOString();
  if (run) {
    const presented = presentRun(run);
    const { removalDecision: decision, removalDecidedBy: by, removalDecidedAt } = run;
    const removals = decision && { decision, by, at: removalDecidedAt?.toISOString() ?? null };
    return { kind: 'run', at: when, by: run.requestedBy, run: presented, removals, member: null };
  }
  const { kind, madeBy: by, githubId, login } = change;
  const hand = kind as (typeof HAND_KINDS)[number];
  return { kind: hand, at: when, by, run: null, removals: null, member: { githubId, login } };
}

const COUNTS = [
  'created',
  'updated',
  'unchanged',
  'failed',
  'deactivated',
  'reactivated',
  'held',
  'total',
] as const;

export const ACTIVITY_COLUMNS = [
  ...['at', 'kind', 'by', 'run', 'runId', 'trigger', 'state', ...COUNTS, 'error'],
  ...['undoesRunId', 'undoneByRunId', 'decision', 'decidedBy', 'decidedAt', 'githubId', 'login'],
];

/** In the order of `ACTIVITY_COLUMNS`. */
export const activityValues = ({ at, kind, by, run, removals, member }: PresentedActivity) => [
  ...[at, kind, by, run?.number, run?.id, run?.trigger, run?.state],
  ...COUNTS.map((count) => run?.result?.[count]),
  ...[run?.error?.code, run?.undoesRunId, run?.undoneByRunId],
  ...[removals?.decision, removals?.by, removals?.at],
  ...[member?.githubId, member?.login],
];
