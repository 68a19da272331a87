import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type ChangeContext, ChangeLog } from '../changes/change-log.js';
import type { ChangeDraft } from '../changes/changes.js';
import { timesBefore } from '../changes/status-times.js';
import { addToCounts, countPerson, noPeople, type StatusCounts } from '../member-counts.js';
import type { StatusChangeResult } from './directory-updates.js';
import { listValuesBefore } from './list-values-before.js';
import { lockMembers } from './lock-members.js';
import { type Restored, restoreStandings } from './restore-standings.js';

/** The changes of a run that can be reversed, in the order in which they are. Nobody whom it found first is taken away. */
export const REVERSIBLE_KINDS = [
  'left',
  'collaborator_removed',
  'returned',
  'joined',
  'collaborator_added',
] as const;

export type ReversibleKind = (typeof REVERSIBLE_KINDS)[number];

const MEMBER = { status: 'active', present: true } as const;
const NO_MEMBER = { status: 'left', present: false } as const;

/** For each kind: the status since, the standing before, and the change that gives it back. */
const REVERSALS = {
  left: { now: 'left', earlier: MEMBER, kind: 'returned' },
  collaborator_removed: { now: 'left', earlier: NO_MEMBER, kind: 'collaborator_added' },
  returned: { now: 'active', earlier: NO_MEMBER, kind: 'left' },
  joined: { now: 'active', earlier: NO_MEMBER, kind: 'left' },
  collaborator_added: { now: 'left', earlier: NO_MEMBER, kind: 'collaborator_removed' },
} as const;

/** Gives people the status and the times back that they had before a run. It asks GitHub nothing. */
@Injectable()
export class StatusReversal {
  constructor(private readonly log: ChangeLog) {}

  /**
   * In the caller's transaction.
   * @param undone the run, and what it did to these people
   * @returns all people who have a status back
   */
  async reverse(
    manager: EntityManager,
    context: ChangeContext,
    undone: { runId: number; kind: ReversibleKind },
    githubIds: number[],
  ): Promise<StatusChangeResult> {
    const { integrationId } = context;
    const { now, earlier, kind } = REVERSALS[undone.kind];
    const run = { integrationId, runId: undone.runId };
    const found = await lockMembers(manager, integrationId, githubIds);
    const [times, values] = [
      await timesBefore(manager, run, githubIds),
      await listValuesBefore(manager, run, githubIds),
    ];
    const restored = found
      .filter(({ status }) => status === now)
      .map((member) => ({
        member,
        standing: { ...earlier, ...values.get(member.githubId) },
        times: times.get(member.githubId) ?? {},
      }));
    await restoreStandings(manager, restored, context.at);
    await addToCounts(manager, integrationId, uncounted(restored));
    const drafts = restored.map((one): ChangeDraft => ({ ...valuesOf(one), kind }));
    const changes = await this.log.record(manager, context, drafts);
    return { people: restored.length, changes };
  }
}

/** It has no `present`: GitHub was not asked. */
function valuesOf({ member, standing }: Restored) {
  const { githubId, login, status } = member;
  const fields = (['outside', 'role'] as const).filter(
    (field) => standing[field] !== undefined && standing[field] !== member[field],
  );
  const pick = (from: Restored['standing']) =>
    Object.fromEntries(fields.map((field) => [field, from[field]]));
  return {
    ...{ githubId, login },
    before: { status, ...pick(member) },
    after: { status: standing.status, ...pick(standing) },
  };
}

/** What the counts of the run leave out: it counts people who were and are members, or left. */
function uncounted(restored: Restored[]): Partial<StatusCounts> {
  const counts = noPeople();
  for (const { member, standing } of restored) {
    countPerson(counts, member, -1);
    countPerson(counts, { ...member, ...standing });
  }
  const { active, left } = counts.member;
  return { left: left + active };
}
