import type { EntityManager } from 'typeorm';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { chunks } from '../../members/writing/bulk.js';
import type { HeldPart } from '../removals/held-part.js';
import { HeldRemoval } from '../removals/held-removal.entity.js';
import type { SyncCounts } from '../runs/sync-counts.js';
import type { Leaver } from './leavers.js';

/** What the removals of a run changed. */
export interface Removed {
  counts: Partial<SyncCounts>;
  changes: ChangeCounts;
}

/** Only they count as leavers: somebody disabled by hand stays disabled. */
export const isActive = ({ status }: Leaver): boolean => status === 'active';

/** Lets the removals of a run wait for an admin's decision. */
export async function hold(
  manager: EntityManager,
  runId: number,
  leavers: Pick<Leaver, 'githubId' | 'login'>[],
  part: HeldPart = 'members',
): Promise<Removed> {
  const rows = leavers.map(({ githubId, login }) => ({ runId, githubId, login, part }));
  for (const some of chunks(rows)) await manager.insert(HeldRemoval, some);
  return { counts: { held: leavers.length }, changes: {} };
}
