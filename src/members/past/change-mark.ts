import { type EntityManager, MoreThan } from 'typeorm';
import { MemberChange } from '../changes/member-change.entity.js';

/** Identifies the changes since a moment. `first` and `last` are ids, 0 where there is none. */
export interface ChangeMark {
  count: number;
  first: number;
  last: number;
}

export const isSameMark = (a: ChangeMark, b: ChangeMark): boolean =>
  a.count === b.count && a.last === b.last;

/** @param after the id of a change: only later ones count */
export async function markOf(
  manager: EntityManager,
  integrationId: number,
  moment: Date,
  after = 0,
): Promise<ChangeMark> {
  const found = await manager
    .createQueryBuilder(MemberChange, 'change')
    .select('COUNT(*)', 'count')
    .addSelect('MIN(change.id)', 'first')
    .addSelect('MAX(change.id)', 'last')
    .where({ integrationId, madeAt: MoreThan(moment), ...(after && { id: MoreThan(after) }) })
    .getRawOne<Record<keyof ChangeMark, number | string | null>>();
  const { count, first, last } = found ?? {};
  return { count: Number(count), first: Number(first), last: Number(last) };
}
