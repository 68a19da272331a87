import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan, Not } from 'typeorm';
import { type ChangeContext, ChangeLog } from '../changes/change-log.js';
import type { ChangeCounts, ChangeDraft } from '../changes/changes.js';
import { type ChangeKind, MemberChange } from '../changes/member-change.entity.js';
import { chunks } from '../writing/bulk.js';
import { NOT_INVITED } from './invitation-updates.js';
import { type InvitationState, OrganizationInvitation } from './organization-invitation.entity.js';

/** Who accepted has joined, and stays. */
const REVERSIBLE_KINDS: ChangeKind[] = ['invitation_cancelled', 'invitation_failed'];

const KINDS: ChangeKind[] = [...REVERSIBLE_KINDS, 'invited', 'invitation_accepted'];

const STATES: InvitationState[] = ['cancelled', 'ended', 'failed'];

type UndoneRun = Pick<ChangeContext, 'integrationId'> & { id: number };

/** Makes invitations pending again that a run found cancelled or failed. It asks GitHub nothing. */
@Injectable()
export class InvitationReversal {
  constructor(private readonly log: ChangeLog) {}

  /** How many invitations of the run can be reversed. */
  async count(manager: EntityManager, run: UndoneRun): Promise<number> {
    return (await reversible(manager, run)).length;
  }

  /** In the caller's transaction. Returns the changes, one for each invitation. */
  async reverse(
    manager: EntityManager,
    context: ChangeContext,
    run: UndoneRun,
  ): Promise<ChangeCounts> {
    const made = await reversible(manager, run);
    for (const some of chunks(made)) {
      const ids = some.flatMap(({ invitationId }) => invitationId ?? []);
      const pending = { state: 'pending' as const, failedReason: null, endedAt: null };
      await manager.update(OrganizationInvitation, { id: In(ids) }, pending);
    }
    return this.log.record(manager, context, made.map(invitedAgain));
  }
}

/** The changes of the run that ended an invitation which has not changed since. */
async function reversible(
  manager: EntityManager,
  { id: runId, integrationId }: UndoneRun,
): Promise<MemberChange[]> {
  const made = await manager.findBy(MemberChange, { runId, kind: In(REVERSIBLE_KINDS) });
  const [first] = made;
  if (!first) return [];
  const found: number[] = [];
  for (const some of chunks(made)) {
    const id = In(some.flatMap(({ invitationId }) => invitationId ?? []));
    const ended = await manager.findBy(OrganizationInvitation, { id, state: In(STATES) });
    found.push(...ended.map((one) => one.id));
  }
  const later = await manager.find(MemberChange, {
    select: { id: true, invitationId: true },
    where: { integrationId, id: MoreThan(first.id), runId: Not(runId), kind: In(KINDS) },
  });
  const changed = new Set(later.map(({ invitationId }) => invitationId));
  const still = new Set(found.filter((id) => !changed.has(id)));
  return made.filter(({ invitationId }) => invitationId !== null && still.has(invitationId));
}

const invitedAgain = ({ githubId, login, before, invitationId }: MemberChange): ChangeDraft => ({
  ...{ githubId, login, invitationId },
  kind: 'invited',
  before: NOT_INVITED,
  after: before,
});
