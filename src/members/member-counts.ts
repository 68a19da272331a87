import type { EntityManager } from 'typeorm';
import { insertRows } from '../platform/database/insert-rows.js';
import { type Affiliation, listOf, shownStatus } from './affiliation.js';
import type { Member, MemberStatus } from './member.entity.js';
import { MemberCounts } from './member-counts.entity.js';

/** People by status. */
export type StatusCounts = Record<MemberStatus, number>;

export const noMembers = (): StatusCounts => ({ active: 0, left: 0, disabled: 0 });

/** People by status, in each list. */
export type PeopleCounts = Record<Affiliation, StatusCounts>;

export const noPeople = (): PeopleCounts => ({
  member: noMembers(),
  outside_collaborator: noMembers(),
});

export function countPerson(
  counts: PeopleCounts,
  person: Pick<Member, 'status' | 'outside'>,
  people = 1,
): void {
  counts[listOf(person)][shownStatus(person)] += people;
}

const ADDING = {
  key: ['integration_id'],
  columns: ['active_members', 'left_members', 'disabled_members'],
  adds: true,
};

/** Adds to the counts of a directory, in the transaction that changes the statuses. */
export async function addToCounts(
  manager: EntityManager,
  integrationId: number,
  change: Partial<StatusCounts>,
): Promise<void> {
  if (!Object.values(change).some((people) => people !== 0)) return;
  await insertRows(manager, MemberCounts, [{ integrationId, ...noMembers(), ...change }], ADDING);
}

export const sumOfCounts = (a: StatusCounts, b: Partial<StatusCounts>): StatusCounts => ({
  active: a.active + (b.active ?? 0),
  left: a.left + (b.left ?? 0),
  disabled: a.disabled + (b.disabled ?? 0),
});
