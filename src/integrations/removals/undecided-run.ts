import { type EntityManager, IsNull, MoreThan } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { PublicError } from '../../platform/public-error.js';
import { lockConnected } from '../connections/lock-connected.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { syncUnfinished } from '../runs/run-failure.js';
import { heldCounts, type RunResult } from '../runs/sync-counts.js';

export type RemovalDecision = 'approve' | 'reject';

/** A run that holds removals. */
export type HoldingRun = MemberSyncRun & { result: RunResult };

/** The run, locked: two decisions about one set come one after the other. @throws PublicError 409 as `HeldRemovals.decide` */
export async function undecidedRun(manager: EntityManager, id: number): Promise<HoldingRun> {
  const known = await manager.findOneByOrFail(MemberSyncRun, { id });
  if (!isHolding(known)) throw nothingHeld();
  await lockConnected(manager, known.integrationId);
  const select = manager.createQueryBuilder(MemberSyncRun, 'run').where({ id });
  const run = await forUpdate(select).getOneOrFail();
  if (!isHolding(run)) throw nothingHeld();
  const refusal = await refusalOf(manager, run);
  if (refusal) throw refusal;
  if (run.removalDecision || run.state !== 'complete') throw decided();
  return run;
}

export const isHolding = (run: MemberSyncRun): run is HoldingRun => heldCounts(run.result).all > 0;

/**
 * A newer run of everybody has newer results than this set; an unfinished one may be reading them now. A run of single
 * people takes those whom it looked at out of the set.
 */
export async function refusalOf(
  manager: EntityManager,
  { id, integrationId }: MemberSyncRun,
): Promise<PublicError | undefined> {
  const after = { integrationId, id: MoreThan(id) };
  const newer = await manager.findBy(MemberSyncRun, [
    { ...after, scope: 'everybody' },
    // By a worker of an earlier build, which knows no scope, looks at everybody and counts no people.
    { ...after, state: 'complete', people: IsNull() },
  ]);
  if (newer.some(({ finishedAt }) => finishedAt !== null)) return removalsStale();
  return newer.length > 0 ? syncUnfinished() : undefined;
}

const conflict = (code: string, message: string, remedy: string) =>
  new PublicError(409, code, message, remedy);

export const nothingHeld = () =>
  conflict('nothing_held', 'The run held no removals.', 'There is nothing to decide.');

export const decided = () =>
  conflict(
    'removals_decided',
    'The removals of this run are already decided.',
    "The run's page shows who decided.",
  );

export const removalsChanged = () =>
  conflict(
    'removals_changed',
    'Some of the people whom you chose are not held any more. Nobody was removed.',
    'Look at the list again, and choose from those who are still held.',
  );

export const removalsStale = () =>
  conflict(
    'removals_stale',
    'A newer run has finished. This list may be out of date.',
    'Approve or reject the removals of the newest run.',
  );
