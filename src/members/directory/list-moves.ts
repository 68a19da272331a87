import { type EntityManager, In } from 'typeorm';
import { type Affiliation, listOf } from '../affiliation.js';
import type { ChangeContext } from '../changes/change-log.js';
import { Member } from '../member.entity.js';
import { addToCounts } from '../member-counts.js';
import { chunks } from '../writing/bulk.js';

/** What is written of people who are on a list now. Somebody disabled by hand stays disabled. */
const ENTERING = {
  member: {
    present: true,
    outside: null,
    status: () => "CASE status WHEN 'left' THEN 'active' ELSE status END",
  },
  outside_collaborator: { outside: true, role: null },
};

/** The same of people who are on it no longer. */
const LEAVING = {
  member: {
    present: false,
    status: () => "CASE status WHEN 'active' THEN 'left' ELSE status END",
  },
  outside_collaborator: { outside: false },
};

/** Puts known people on a list, and keeps the counts of members that no run counts. */
export async function enterList(
  manager: EntityManager,
  { integrationId, at }: ChangeContext,
  list: Affiliation,
  members: Member[],
): Promise<void> {
  const times = { joinedAt: at, leftAt: null, updatedAt: at };
  for (const some of chunks(members))
    await manager.update(Member, idsOf(some), { ...ENTERING[list], ...times });
  const moved = members.filter((member) => listOf(member) !== list);
  const [disabled, left] = ['disabled', 'left'].map(
    (status) => moved.filter((member) => member.status === status).length,
  ) as [number, number];
  // A run counts those who join.
  const change = list === 'member' ? { disabled } : { disabled: -disabled, left: -left };
  await addToCounts(manager, integrationId, change);
}

export async function leaveList(
  manager: EntityManager,
  { at }: ChangeContext,
  list: Affiliation,
  members: Member[],
): Promise<void> {
  for (const some of chunks(members))
    await manager.update(Member, idsOf(some), { ...LEAVING[list], leftAt: at, updatedAt: at });
}

const idsOf = (members: Member[]) => ({ id: In(members.map(({ id }) => id)) });
