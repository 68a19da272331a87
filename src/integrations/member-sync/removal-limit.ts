import { type EntityManager, IsNull, LessThan, MoreThan } from 'typeorm';
import { MemberCounts } from '../../members/member-counts.entity.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { APPROVED_IN_PARTS, type HeldPart } from '../removals/held-part.js';
import { HeldRemoval } from '../removals/held-removal.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/** The run that removes, with the number of active people when it began. */
export interface RemovingRun {
  id: number;
  integrationId: number;
  /** Of the part. */
  activeBefore: number;
  trigger: MemberSyncRun['trigger'];
  scope: MemberSyncRun['scope'];
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
  part: HeldPart = 'members',
): Promise<RemovalLimit> {
  const approvedBefore = await approvedInPartsBefore(manager, run, leavers, part);
  const counted = approvedBefore + (countsHour(run) ? await removedInHour(manager, run, part) : 0);
  const [people, active] = [leavers.length + counted, run.activeBefore + counted];
  const integration = await manager.findOneByOrFail(GithubIntegration, { id: run.integrationId });
  const isExceeded = exceedsLimits(integration, people, active);
  return { isExceeded: isExceeded && leavers.length > 0, approvedBefore };
}

/** Webhooks lead to many small runs; a run of people takes waiting hints whoever asked for it. */
export const countsHour = ({ trigger, scope }: Pick<RemovingRun, 'trigger' | 'scope'>): boolean =>
  trigger === 'webhook' || scope === 'people';

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
  part: HeldPart = 'members',
): Promise<number> {
  const runs = await runsInHour(manager, { id, integrationId })
    .select(['run.id', 'run.result', 'run.changeCounts'])
    .andWhere({ [APPROVED_IN_PARTS[part]]: 0 })
    .andWhere(
      'NOT EXISTS (SELECT 1 FROM held_removals held WHERE held.run_id = run.id AND held.part = :part)',
      { part },
    )
    .getMany();
  return runs.reduce((sum, run) => sum + (REMOVED[part](run) ?? 0), 0);
}

/** Runs that hints or a person named, in the hour before a run. */
export const runsInHour = (
  manager: EntityManager,
  { id, integrationId }: Pick<RemovingRun, 'id' | 'integrationId'>,
) =>
  manager
    .createQueryBuilder(MemberSyncRun, 'run')
    .where({
      ...{ integrationId, id: LessThan(id), undoesRunId: IsNull() },
      finishedAt: MoreThan(new Date(Date.now() - HOUR_MS)),
    })
    .andWhere("(run.scope = 'people' OR run.trigger = 'webhook')");

const REMOVED: Record<HeldPart, (run: MemberSyncRun) => number | undefined> = {
  members: ({ result }) => result?.deactivated,
  outsideCollaborators: ({ changeCounts }) => changeCounts?.collaborator_removed,
};

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
  part: HeldPart,
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
  const approved = before?.[APPROVED_IN_PARTS[part]];
  if (!approved || before.removalDecision === 'approve') return 0;
  const held = await manager.findBy(HeldRemoval, { runId: before.id, part });
  const ids = new Set(held.map(({ githubId }) => githubId));
  return leavers.some(({ githubId }) => ids.has(githubId)) ? approved : 0;
}
