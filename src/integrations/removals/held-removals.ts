import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In, IsNull, Not } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { Member } from '../../members/member.entity.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { integrationDisconnected } from '../connections/integration-disconnected.js';
import { lastChangeOf, recordOutbox } from '../outbox/record-outbox.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { heldCounts } from '../runs/sync-counts.js';
import { ApprovedRemovals, type HeldSet } from './approved-removals.js';
import { auditDecision } from './audit-decision.js';
import { APPROVED_IN_PARTS, type HeldPart } from './held-part.js';
import { HeldRemoval } from './held-removal.entity.js';
import { HeldTeamRemoval } from './held-team-removal.entity.js';
import {
  decided,
  type HoldingRun,
  isHolding,
  nothingHeld,
  type RemovalDecision,
  refusalOf,
  removalsChanged,
  undecidedRun,
} from './undecided-run.js';

interface HeldPerson {
  /** Our id; null for somebody whom the directory no longer has, like name and picture. */
  memberId: number | null;
  githubId: number;
  login: string;
  name: string | null;
  avatarUrl: string | null;
  part: HeldPart;
}

export interface HeldOfTeam extends HeldTeamRemoval {
  /** Our id of the person; null for somebody whom the directory no longer has, and for the team itself. */
  memberId: number | null;
}

const IS_SAME_PERSON =
  'member.github_id = held.github_id AND member.integration_id = :integrationId';

/** Lets an admin approve or reject the removals that a run holds. */
@Injectable()
export class HeldRemovals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly approved: ApprovedRemovals,
    private readonly signals: ChangeSignals,
  ) {}

  /** Everybody whose removal the run held, by login; without those who were approved in a part of the set. */
  list(runId: number): Promise<HeldRemoval[]> {
    return this.dataSource.manager.find(HeldRemoval, { where: { runId }, order: { login: 'ASC' } });
  }

  /** The same with our id, name and picture, for the page. */
  async people({ id: runId, integrationId }: MemberSyncRun): Promise<HeldPerson[]> {
    const rows = await this.dataSource
      .createQueryBuilder(HeldRemoval, 'held')
      .leftJoin(Member, 'member', IS_SAME_PERSON, { integrationId })
      .select('held.github_id', 'githubId')
      .addSelect('held.login', 'login')
      .addSelect('held.part', 'part')
      .addSelect('member.id', 'memberId')
      .addSelect('member.name', 'name')
      .addSelect('member.avatar_url', 'avatarUrl')
      .where('held.run_id = :runId', { runId })
      .orderBy('held.login')
      .getRawMany<HeldPerson>();
    return rows.map((row) => ({ ...row, githubId: Number(row.githubId) }));
  }

  /** GitHub teams and places in them that the run held, by the team's name; a team itself comes first. */
  async ofTeams({ id: runId, integrationId }: MemberSyncRun): Promise<HeldOfTeam[]> {
    const found = await this.dataSource
      .createQueryBuilder(HeldTeamRemoval, 'held')
      .leftJoin(Member, 'member', IS_SAME_PERSON, { integrationId })
      .addSelect('member.id', 'memberId')
      .where('held.run_id = :runId', { runId })
      .orderBy({ 'held.team_name': 'ASC', 'held.github_team_id': 'ASC', 'held.login': 'ASC' })
      .getRawAndEntities<{ memberId: number | null }>();
    return found.entities.map((held, i) => ({ ...held, memberId: found.raw[i]?.memberId ?? null }));
  }

  /** Why an admin cannot decide about the set now; undefined if they can. */
  async refusal(
    run: MemberSyncRun,
    { disconnectedAt }: GithubIntegration,
  ): Promise<PublicError | undefined> {
    if (!isHolding(run)) return nothingHeld();
    if (disconnectedAt) return integrationDisconnected();
    return (
      (await refusalOf(this.dataSource.manager, run)) ??
      (run.removalDecision ? decided() : undefined)
    );
  }

  /**
   * Approving removes exactly this set, dated now and by the admin, as changes of the same run. Rejecting changes nothing,
   * and the next run asks again.
   * @throws PublicError 409: `nothing_held`, `removals_decided`, `removals_stale`, `sync_unfinished`,
   * `integration_disconnected`
   */
  async decide(
    runId: number,
    decision: RemovalDecision,
    decidedBy: string,
  ): Promise<MemberSyncRun> {
    const decidedRun = await inTransaction(this.dataSource, async (manager) => {
      const run = await undecidedRun(manager, runId);
      await note(manager, run, decision, decidedBy);
      const people = await manager.findBy(HeldRemoval, { runId });
      const held = { people, ofTeams: await manager.findBy(HeldTeamRemoval, { runId }) };
      if (decision === 'approve') await this.apply(manager, run, held, decidedBy);
      await auditDecision(manager, run, decision, held);
      return manager.findOneByOrFail(MemberSyncRun, { id: runId });
    });
    this.signals.send(decidedRun.integrationId);
    return decidedRun;
  }

  /**
   * Approves a part of the set: removes exactly these people. The others stay held. To approve the last ones decides the
   * whole set.
   * @param githubIds each once
   * @throws PublicError 409 as `decide`, and `removals_changed` if one of them is not held; then nobody is removed
   */
  async approvePart(runId: number, githubIds: number[], approvedBy: string): Promise<void> {
    const { integrationId } = await inTransaction(this.dataSource, async (manager) => {
      const run = await undecidedRun(manager, runId);
      const chosen = await manager.findBy(HeldRemoval, { runId, githubId: In(githubIds) });
      if (chosen.length < githubIds.length) throw removalsChanged();
      const isRest = chosen.length === heldCounts(run.result).all;
      if (isRest) await note(manager, run, 'approve', await approvers(manager, run, approvedBy));
      const held = { people: chosen, ofTeams: [] };
      await this.apply(manager, run, held, approvedBy);
      if (!isRest) {
        await manager.delete(HeldRemoval, { runId, githubId: In(githubIds) });
        await countApproved(manager, run, chosen);
      }
      await auditDecision(manager, run, 'approve', held);
      return run;
    });
    this.signals.send(integrationId);
  }

  /** Removes these, and notes for the channels what was removed. */
  private async apply(
    manager: EntityManager,
    run: HoldingRun,
    held: HeldSet,
    approvedBy: string,
  ): Promise<void> {
    const before = await lastChangeOf(manager, run.id);
    await this.approved.apply(manager, run, held, approvedBy);
    const removed = await manager.findOneByOrFail(MemberSyncRun, { id: run.id });
    await recordOutbox(manager, removed, 'removals', before);
  }
}

/** In characters: the length of the column. */
const MAX_DECIDED_BY = 254;

async function note(
  manager: EntityManager,
  { id }: MemberSyncRun,
  removalDecision: RemovalDecision,
  removalDecidedBy: string,
): Promise<void> {
  const undecided = { id, state: 'complete', removalDecision: IsNull() } as const;
  const decision = { removalDecision, removalDecidedBy, removalDecidedAt: new Date() };
  const { affected } = await manager.update(MemberSyncRun, undecided, decision);
  if (affected !== 1) throw decided();
}

async function countApproved(
  manager: EntityManager,
  { id }: HoldingRun,
  approved: HeldRemoval[],
): Promise<void> {
  for (const [part, column] of Object.entries(APPROVED_IN_PARTS)) {
    const people = approved.filter((one) => one.part === part).length;
    await manager.increment(MemberSyncRun, { id }, column, people);
  }
}

/** All who approved a part of the set, in their order. */
async function approvers(manager: EntityManager, { id }: MemberSyncRun, last: string) {
  const rows = await manager
    .createQueryBuilder(MemberChange, 'change')
    .select('change.madeBy', 'name')
    .where({ runId: id, kind: In(['left', 'collaborator_removed']), madeBy: Not(IsNull()) })
    .groupBy('change.madeBy')
    .orderBy('MIN(change.id)')
    .getRawMany<{ name: string }>();
  const names = new Set([...rows.map(({ name }) => name), last]);
  return [...names].join(', ').slice(0, MAX_DECIDED_BY);
}
