import type { EntityManager } from 'typeorm';
import { addToCounts, type StatusCounts, sumOfCounts } from '../../members/member-counts.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import { type SyncCounts, statusChange } from './sync-counts.js';

/**
 * Adds what a run did to how many people have each status, in the transaction that ends it: once for each run, whoever took
 * part in it, and not once for each part of a list.
 */
export const keepCounts = (
  manager: EntityManager,
  integrationId: number,
  result: SyncCounts | null,
): Promise<void> => addToCounts(manager, integrationId, statusChange(result));

/** SQL for how many members are active once that is added. */
export const activeAfter =
  (integrationId: number, result: SyncCounts | null): (() => string) =>
  () =>
    `COALESCE((SELECT active_members FROM member_counts WHERE integration_id = ${integrationId}), 0) + ${statusChange(result).active}`;

/** The counts of now: those that are kept, and what an unfinished run has done so far. */
export const countsOfNow = (kept: StatusCounts, latest: MemberSyncRun | null): StatusCounts =>
  latest?.unfinishedIntegrationId ? sumOfCounts(kept, statusChange(latest.result)) : kept;
