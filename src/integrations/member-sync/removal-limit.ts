import { type EntityManager, IsNull, LessThan, MoreThan } from 'typeorm';
import { MemberCounts } from '../../members/member-counts.entity.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { HeldRemoval } from '../removals/held-removal.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/** The run that removes, with the number of active members when it began. */
export interface RemovingRun {
  id: number;
  integrationId: number;
  activeBefore: number;
  trigger: MemberSyncRun['trigger'];
}

/** Whether a run's removals are held, and how many of the same set were approved before. */
export interface RemovalLimit {
  isExceeded: boolean;
  approvedBefore: number;
}

/**
 * Compares the removals of a run with the limits of its integration. Removals that an admin approved as a part of a held
 * set count too, as long as somebody of that set may still have left: the others must not be removed without a decision
 * because they are few enough now.
 */
export async function removalLimit(
  manager: EntityManager,
  run: RemovingRun,
  leavers: { githubId: number }[],
): Promise<RemovalLimit> {
  const approvedBefore = await approvedInPartsBefore(manager, run, leavers);
  const counted =
    approvedBefore + (run.trigger === 'webhook' ? await removedInHour(manager, run) : 0);
  const [people, active] = [leavers.length + counted, run.activeBefore + counted];
  const integration = await manager.findOneByOrFail(GithubIntegration, { id: run.integrationId });
  const isExceeded = exceedsLimits(integration, people, active);
  return { isExceeded: isExceeded && leavers.length > 0, approvedBefore };
}

const HOUR_MS = 3_600_000;

/**
 * Whether the removals of a run of scope `people` are above the limits, together with those in the hour before.
 */
export async function isAboveLimitOfHour(
  manager: EntityManager,
  integration: GithubIntegration,
  { id }: Pick<RemovingRun, 'id'>,
  leavers: number,
): Promise<boolean> {
  if (leavers === 0) return false;
  const { id: integrationId, holdAbovePeople } = integration;
  const before = await removedInHour(manager, { id, integrationId });
  if (leavers + before <= holdAbovePeople) return false;
  const counts = await manager.findOneBy(MemberCounts, { integrationId });
  return exceedsLimits(integration, leavers + before, (counts?.active ?? 0) + before);
}

/**
 * How many were removed by runs that hints or a person named, in the hour before: many small runs must not remove more
 * than one large run may. A run that holds its removals makes none: what an admin approved does not count.
 */
async function removedInHour(
  manager: EntityManager,
  { id, integrationId }: Pick<RemovingRun, 'id' | 'integrationId'>,
): Promise<number> {
  const recent = {
    ...{ integrationId, id: LessThan(id), removalDecision: IsNull(), approvedInParts: 0 },
    finishedAt: MoreThan(new Date(Date.now() - HOUR_MS)),
    undoesRunId: IsNull(),
  };
  const runs = await manager.find(MemberSyncRun, {
    select: { id: true, result: true },
    where: [
      { ...recent, scope: 'people' },
      { ...recent, trigger: 'webhook' },
    ],
  });
  return runs.reduce((sum, { result }) => sum + (result?.deactivated ?? 0), 0);
}

/** Whether removals are above the limits of an integration. */
export const exceedsLimits = (
  { holdAbovePercent, holdAbovePeople }: GithubIntegration,
  people: number,
  active: number,
): boolean => people > holdAbovePeople && people * 100 > active * holdAbovePercent;

async function approvedInPartsBefore(
  manager: EntityManager,
  { id, integrationId }: RemovingRun,
  leavers: { githubId: number }[],
): Promise<number> {
  const [before] = await manager.find(MemberSyncRun, {
    where: {
      integrationId,
      id: LessThan(id),
      state: 'complete',
      scope: 'everybody',
      undoesRunId: IsNull(),
    },
    order: { id: 'DESC' },
    take: 1,
  });
  if (!before?.approvedInParts || before.removalDecision === 'approve') return 0;
  const held = await manager.findBy(HeldRemoval, { runId: before.id });
  const ids = new Set(held.map(({ githubId }) => githubId));
  return leavers.some(({ githubId }) => ids.has(githubId)) ? before.approvedInParts : 0;
}
