import type { EntityManager } from 'typeorm';
import { addToCounts, type StatusCounts, sumOfCounts } from '../../members/member-counts.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import { type SyncCounts, statusChange } from './sync-counts.js';

/**
 * Adds a run's changes to the number of people in each status, in the transaction that ends it: once for each run, not
 * once for each worker or part of the list.
 */
export const keepCounts = (
  manager: EntityManager,
  integrationId: number,
  result: SyncCounts | null,
): Promise<void> => addToCounts(manager, integrationId, statusChange(result));

/** SQL for the number of active members after that, in an update of the run. */
export const activeAfter = (result: SyncCounts | null) => (): string =>
  `COALESCE((SELECT counts.active_members FROM member_counts counts
     WHERE counts.integration_id = member_sync_runs.integration_id), 0) + ${statusChange(result).active}`;

/** The current counts: the stored ones plus the changes of an unfinished run. */
export const countsOfNow = (kept: StatusCounts, latest: MemberSyncRun | null): StatusCounts =>
  latest?.unfinishedIntegrationId ? sumOfCounts(kept, statusChange(latest.result)) : kept;
