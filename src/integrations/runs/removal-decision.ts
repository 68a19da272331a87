import type { MemberSyncRun } from './member-sync-run.entity.js';
import { heldCounts } from './sync-counts.js';

/** An admin's decision about the removals that a run held, as pages show it. */
export interface RemovalDecisionView {
  isApproval: boolean;
  by: string | null;
  at: string | undefined;
  /** How many, of people and of GitHub teams. */
  removals: number;
}

/** Whether the run held removals, and nobody decided about them. */
export const isUndecided = ({ state, result, removalDecision }: MemberSyncRun): boolean =>
  state === 'complete' && heldCounts(result).all > 0 && !removalDecision;

/** Undefined where nothing was decided. Approvals of parts of the set count too, whoever made them. The changes say who. */
export function removalDecision(run: MemberSyncRun): RemovalDecisionView | undefined {
  const { removalDecision: decision, removalDecidedBy: by, removalDecidedAt, result } = run;
  if (!decision) return undefined;
  const isApproval = decision === 'approve';
  // An older release counted no approvals, and held members only: such a run removed nobody without one.
  const approved = run.removalsApproved ?? run.changeCounts?.left;
  const removals = (isApproval ? approved : heldCounts(result).all) ?? 0;
  return { isApproval, by, at: removalDecidedAt?.toISOString(), removals };
}
