import type { MemberSyncRun } from './member-sync-run.entity.js';

/** An admin's decision about the removals that a run held, as pages show it. */
export interface RemovalDecisionView {
  isApproval: boolean;
  by: string | null;
  at: string | undefined;
  people: number;
}

/** Whether the run held removals, and nobody decided about them. */
export const isUndecided = ({ state, result, removalDecision }: MemberSyncRun): boolean =>
  state === 'complete' && Boolean(result?.held) && !removalDecision;

/**
 * Undefined where nothing was decided. A run that holds its removals makes none, so approvals made all it has: those of
 * parts of the set too, whoever approved them. The changes say who.
 */
export function removalDecision(run: MemberSyncRun): RemovalDecisionView | undefined {
  const { removalDecision: decision, removalDecidedBy: by, removalDecidedAt, result } = run;
  if (!decision) return undefined;
  const isApproval = decision === 'approve';
  const people = (isApproval ? run.changeCounts?.left : result?.held) ?? 0;
  return { isApproval, by, at: removalDecidedAt?.toISOString(), people };
}
