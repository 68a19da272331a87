import type { GithubIntegration } from './github-integration.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import { PresentedRun, presentRun } from './present-run.js';
import type { SyncCounts } from './sync-counts.js';

/** What the partial `member-sync-progress` shows: the same for the page and for the poll. */
export interface MemberSyncStatusView {
  integrationId: number;
  pending: boolean;
  syncing: boolean;
  complete: boolean;
  failed: boolean;
  completedAt: string | null;
  error: string;
  result: SyncCounts | null;
  run: PresentedRun | null;
}

/** The status of now, as the latest run has it. */
export function memberSyncStatus(
  integration: GithubIntegration,
  run: MemberSyncRun | null,
): MemberSyncStatusView {
  const { memberSyncStatus: status } = integration;
  return {
    integrationId: integration.id,
    pending: status === 'pending',
    syncing: status === 'syncing',
    complete: status === 'complete',
    failed: status === 'error',
    completedAt: integration.memberSyncCompletedAt?.toISOString() ?? null,
    error: integration.memberSyncError,
    result: integration.memberSyncResult,
    run: run && presentRun(run),
  };
}
