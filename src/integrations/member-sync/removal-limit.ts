import { type EntityManager, LessThan } from 'typeorm';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { HeldRemoval } from '../removals/held-removal.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/** The run that removes, with the number of active members when it began. */
export interface RemovingRun {
  id: number;
  integrationId: number;
  activeBefore: number;
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
  const { holdAbovePercent, holdAbovePeople } = await manager.findOneByOrFail(GithubIntegration, {
    id: run.integrationId,
  });
  const approvedBefore = await approvedInPartsBefore(manager, run, leavers);
  const [people, active] = [leavers.length + approvedBefore, run.activeBefore + approvedBefore];
  const isExceeded = people > holdAbovePeople && people * 100 > active * holdAbovePercent;
  return { isExceeded: isExceeded && leavers.length > 0, approvedBefore };
}

async function approvedInPartsBefore(
  manager: EntityManager,
  { id, integrationId }: RemovingRun,
  leavers: { githubId: number }[],
): Promise<number> {
  const [before] = await manager.find(MemberSyncRun, {
    where: { integrationId, id: LessThan(id), state: 'complete' },
    order: { id: 'DESC' },
    take: 1,
  });
  if (!before?.approvedInParts || before.removalDecision === 'approve') return 0;
  const held = await manager.findBy(HeldRemoval, { runId: before.id });
  const ids = new Set(held.map(({ githubId }) => githubId));
  return leavers.some(({ githubId }) => ids.has(githubId)) ? before.approvedInParts : 0;
}
