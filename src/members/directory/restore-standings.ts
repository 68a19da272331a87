import { type EntityManager, In } from 'typeorm';
import type { StatusTimes } from '../changes/status-times.js';
import { Member } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';
import type { ListValues } from './list-values-before.js';

/** Somebody who gets a standing back. */
export interface Restored {
  member: Member;
  standing: Pick<Member, 'status' | 'present'> & ListValues;
  times: StatusTimes;
}

/** With few statements: a run gives all its people the same time. */
export async function restoreStandings(
  manager: EntityManager,
  restored: Restored[],
  at: Date,
): Promise<void> {
  for (const [{ standing, times }, ids] of withSameStanding(restored)) {
    const isOnList = standing.present || standing.outside === true;
    const { joinedAt, leftAt = at } = times;
    const dates = { ...(joinedAt && { joinedAt }), leftAt: isOnList ? null : leftAt };
    for (const some of chunks(ids))
      await manager.update(Member, { id: In(some) }, { ...standing, ...dates, updatedAt: at });
  }
}

/** One of each group, and the ids of all its members. */
function withSameStanding(restored: Restored[]): [Restored, number[]][] {
  const groups = new Map<string, [Restored, number[]]>();
  for (const one of restored) {
    const key = JSON.stringify([one.standing, one.times]);
    const [first, ids] = groups.get(key) ?? [one, []];
    groups.set(key, [first, ids]);
    ids.push(one.member.id);
  }
  return [...groups.values()];
}
