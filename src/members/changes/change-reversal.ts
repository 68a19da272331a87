import { Injectable } from '@nestjs/common';
import { EntityManager, In } from 'typeorm';
import { lockMembers } from '../directory/lock-members.js';
import { returnPlaces } from '../github-teams/return-places.js';
import { Member } from '../member.entity.js';
import { addToCounts, countPerson, noPeople, type StatusCounts } from '../member-counts.js';
import { memberRow } from '../writing/member-row.js';
import { MemberWriter } from '../writing/member-writer.js';
import { MEMBER_CHANGE_KINDS, MemberChange } from './member-change.entity.js';
import { type StatusTimes, timesBefore } from './status-times.js';

/** The most changes that one transaction reverses. */
const MAX_CHANGES_PER_WRITE = 2_000;

/** The same for people who returned: each takes several statements, and the transaction must end before the lease. */
const MAX_RETURNED_PER_WRITE = 200;

interface RunKey {
  id: number;
  integrationId: number;
}

/**
 * Undoes a run's changes: people who joined are deleted, the others are as before, and in their GitHub teams again.
 * People whom an admin disabled meanwhile stay disabled.
 */
@Injectable()
export class ChangeReversal {
  constructor(private readonly writer: MemberWriter) {}

  /** Reverses the latest remaining changes, in the caller's transaction; false where none remained. */
  async reverseSome(
    manager: EntityManager,
    { id: runId, integrationId }: RunKey,
  ): Promise<boolean> {
    const changes = await latestOf(manager, runId);
    if (changes.length === 0) return false;
    const ids = idsOf(changes);
    const found = await lockMembers(manager, integrationId, ids);
    const standing = countsOf(found);
    const joined = new Set(idsOf(changes.filter((one) => one.kind === 'joined' && !one.before)));
    const isGone = ({ githubId, status }: Member) => joined.has(githubId) && status !== 'disabled';
    await returnPlaces(manager, runId, idsOf(changes.filter(({ kind }) => kind === 'left')));
    await manager.delete(Member, { id: In(found.filter(isGone).map(({ id }) => id)) });
    const others = found.filter((member) => !isGone(member));
    await this.restore(manager, integrationId, others, changes);
    await manager.delete(MemberChange, { id: In(changes.map(({ id }) => id)) });
    const left = countsOf(await lockMembers(manager, integrationId, ids));
    await addToCounts(manager, integrationId, doneByHand(standing, left, changes));
    return true;
  }

  private async restore(
    manager: EntityManager,
    integrationId: number,
    members: Member[],
    changes: MemberChange[],
  ): Promise<void> {
    const byId = new Map(members.map((member) => [member.githubId, member]));
    const theirs = changes.filter(({ githubId }) => byId.has(githubId));
    // The latest change first, so that the values before the earliest change win.
    for (const { githubId, before } of theirs) Object.assign(byId.get(githubId) ?? {}, before);
    const at = new Date();
    await this.writer.write(
      manager,
      members.map((member) => memberRow(integrationId, member, at)),
    );
    const leavers = theirs.filter(({ kind }) => kind === 'returned' || kind === 'joined');
    const [one] = leavers;
    if (!one) return;
    const times = await timesBefore(manager, one, idsOf(leavers));
    for (const change of leavers) await leaveAgain(manager, change, times.get(change.githubId));
  }
}

/**
 * What must be added to the stored counts when the run is undone. They never included the run's changes, but they
 * include what an admin did to people whom it changed.
 */
function doneByHand(
  found: StatusCounts,
  left: StatusCounts,
  changes: MemberChange[],
): StatusCounts {
  const counts = {
    active: left.active - found.active,
    left: left.left - found.left,
    disabled: left.disabled - found.disabled,
  };
  for (const { before, after } of changes) {
    // A disabled collaborator who joined was counted at once.
    if (before?.outside != null && before.status === 'disabled') continue;
    if (after?.status) counts[after.status]++;
    if (before?.status && before.outside === undefined) counts[before.status]--;
  }
  return counts;
}

function countsOf(members: Member[]): StatusCounts {
  const counts = noPeople();
  for (const member of members) countPerson(counts, member);
  return counts.member;
}

async function latestOf(manager: EntityManager, runId: number): Promise<MemberChange[]> {
  // What was read of the other parts stays: it was read while the credential saw everything.
  const where = { runId, kind: In([...MEMBER_CHANGE_KINDS]) };
  const latest = await manager.find(MemberChange, {
    where,
    order: { id: 'DESC' },
    take: MAX_CHANGES_PER_WRITE,
  });
  const hasReturned = latest.some(({ kind }) => kind === 'returned');
  return hasReturned ? latest.slice(0, MAX_RETURNED_PER_WRITE) : latest;
}

async function leaveAgain(
  manager: EntityManager,
  { githubId, integrationId, madeAt, before }: MemberChange,
  { joinedAt, leftAt = madeAt }: StatusTimes = {},
): Promise<void> {
  const outside = before?.outside ?? null;
  await manager.update(
    Member,
    { integrationId, githubId },
    {
      present: false,
      outside,
      leftAt: outside ? null : leftAt,
      ...(joinedAt && { joinedAt }),
      // People whom an admin disabled meanwhile stay disabled.
      status: () => "CASE status WHEN 'active' THEN 'left' ELSE status END",
    },
  );
}

const idsOf = (changes: MemberChange[]): number[] => [
  ...new Set(changes.map(({ githubId }) => githubId)),
];
