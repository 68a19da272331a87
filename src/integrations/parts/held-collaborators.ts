import type { EntityManager } from 'typeorm';
import type { Member } from '../../members/member.entity.js';
import { chunks } from '../../members/writing/bulk.js';
import type { RemovalLimit } from '../member-sync/removal-limit.js';
import { hold } from '../member-sync/removed.js';
import { APPROVED_IN_PARTS } from '../removals/held-part.js';
import type { HeldRemoval } from '../removals/held-removal.entity.js';
import { heldBefore, noLongerHeld } from '../removals/no-longer-held.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import type { PartContext, PartOutcome } from './part-sync.js';

/** Somebody in the directory who was on the last complete list of outside collaborators. */
export type KnownCollaborator = Pick<Member, 'githubId' | 'login' | 'status'>;

/** The removals that earlier runs hold, and that wait for an admin. A run of everybody decides anew. */
export async function waitingRemovals(
  manager: EntityManager,
  { runId: id, integrationId, scope }: PartContext,
  people: KnownCollaborator[],
): Promise<HeldRemoval[]> {
  if (scope === 'everybody') return [];
  const waiting: HeldRemoval[] = [];
  for (const some of chunks(people)) {
    const ids = some.map(({ githubId }) => githubId);
    waiting.push(...(await heldBefore(manager, { id, integrationId }, ids)));
  }
  return waiting.filter(({ part }) => part === 'outsideCollaborators');
}

interface Removals {
  /** Whose removal is held where the limit is exceeded. */
  leavers: KnownCollaborator[];
  limit: RemovalLimit;
  /** Whose removal waited, and who are on the list again: an approval must not remove them. */
  back: HeldRemoval[];
}

/** What belongs in the transaction that completes the run; undefined for nothing. */
export function concludingRemovals(
  { runId }: PartContext,
  { leavers, limit, back }: Removals,
): PartOutcome['conclude'] {
  const { isExceeded, approvedBefore } = limit;
  if (!isExceeded && back.length === 0) return undefined;
  return async (manager) => {
    await noLongerHeld(manager, back);
    if (!isExceeded) return {};
    const approved = { [APPROVED_IN_PARTS.outsideCollaborators]: approvedBefore };
    await manager.update(MemberSyncRun, { id: runId }, approved);
    return (await hold(manager, runId, leavers, 'outsideCollaborators')).counts;
  };
}
