import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In, IsNull, MoreThan, Not } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { Member } from '../../members/member.entity.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { integrationDisconnected } from '../connections/integration-disconnected.js';
import { lockConnected } from '../connections/lock-connected.js';
import { auditRun } from '../runs/audit-run.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { syncUnfinished } from '../runs/run-failure.js';
import { ApprovedRemovals, type HoldingRun } from './approved-removals.js';
import { APPROVED_IN_PARTS, type HeldPart } from './held-part.js';
import { HeldRemoval } from './held-removal.entity.js';

export type RemovalDecision = 'approve' | 'reject';

interface HeldPerson {
  /** Our id; null for somebody whom the directory no longer has, like name and picture. */
  memberId: number | null;
  githubId: number;
  login: string;
  name: string | null;
  avatarUrl: string | null;
  part: HeldPart;
}

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
    const isSame = 'member.github_id = held.github_id AND member.integration_id = :integrationId';
    const rows = await this.dataSource
      .createQueryBuilder(HeldRemoval, 'held')
      .leftJoin(Member, 'member', isSame, { integrationId })
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

  /** Why an admin cannot decide about the set now; undefined if they can. */
  async refusal(
    run: MemberSyncRun,
    { disconnectedAt }: GithubIntegration,
  ): Promise<PublicError | undefined> {
    if (!run.result?.held) return nothingHeld();
    if (disconnectedAt) return integrationDisconnected();
    return (
      (await refusalOf(this.dataSource.manager, run)) ??
      (run.removalDecision ? decided() : undefined)
    );
  }

  /**
   * Approving removes exactly this set, dated now and by the admin, as changes of the same run. Rejecting changes nobody,
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
      const run = await undecided(manager, runId);
      await note(manager, run, decision, decidedBy);
      const held = await manager.findBy(HeldRemoval, { runId });
      if (decision === 'approve') await this.approved.apply(manager, run, held, decidedBy);
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
      const run = await undecided(manager, runId);
      const chosen = await manager.findBy(HeldRemoval, { runId, githubId: In(githubIds) });
      if (chosen.length < githubIds.length) throw removalsChanged();
      const isRest = chosen.length === (await manager.countBy(HeldRemoval, { runId }));
      if (isRest) await note(manager, run, 'approve', await approvers(manager, run, approvedBy));
      await this.approved.apply(manager, run, chosen, approvedBy);
      if (!isRest) {
        await manager.delete(HeldRemoval, { runId, githubId: In(githubIds) });
        await countApproved(manager, run, chosen);
      }
      await auditDecision(manager, run, 'approve', chosen);
      return run;
    });
    this.signals.send(integrationId);
  }
}

/** In characters: the length of the column. */
const MAX_DECIDED_BY = 254;

/** The logins of large sets would make the entry too long. */
const MAX_AUDITED_LOGINS = 500;

const auditDecision = (
  manager: EntityManager,
  run: MemberSyncRun,
  decision: RemovalDecision,
  people: HeldRemoval[],
): Promise<void> =>
  auditRun(manager, run, {
    action: `removals.${decision}`,
    after: {
      people: people.length,
      logins: people.slice(0, MAX_AUDITED_LOGINS).map(({ login }) => login),
    },
  });

/** The run, locked: two decisions about one set come one after the other. @throws PublicError 409 as `decide` */
async function undecided(manager: EntityManager, id: number): Promise<HoldingRun> {
  const known = await manager.findOneByOrFail(MemberSyncRun, { id });
  if (!isHolding(known)) throw nothingHeld();
  await lockConnected(manager, known.integrationId);
  const select = manager.createQueryBuilder(MemberSyncRun, 'run').where({ id });
  const run = await forUpdate(select).getOneOrFail();
  if (!isHolding(run)) throw nothingHeld();
  const refusal = await refusalOf(manager, run);
  if (refusal) throw refusal;
  if (run.removalDecision || run.state !== 'complete') throw decided();
  return run;
}

const isHolding = (run: MemberSyncRun): run is HoldingRun => Boolean(run.result?.held);

/**
 * A newer run of everybody has newer results than this set; an unfinished one may be reading them now. A run of single
 * people takes those whom it looked at out of the set.
 */
async function refusalOf(
  manager: EntityManager,
  { id, integrationId }: MemberSyncRun,
): Promise<PublicError | undefined> {
  const after = { integrationId, id: MoreThan(id) };
  const newer = await manager.findBy(MemberSyncRun, [
    { ...after, scope: 'everybody' },
    // By a worker of an earlier build, which knows no scope, looks at everybody and counts no people.
    { ...after, state: 'complete', people: IsNull() },
  ]);
  if (newer.some(({ finishedAt }) => finishedAt !== null)) return removalsStale();
  return newer.length > 0 ? syncUnfinished() : undefined;
}

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

const conflict = (code: string, message: string, remedy: string) =>
  new PublicError(409, code, message, remedy);

const nothingHeld = () =>
  conflict('nothing_held', 'The run held no removals.', 'There is nothing to decide.');

const decided = () =>
  conflict(
    'removals_decided',
    'The removals of this run are already decided.',
    "The run's page shows who decided.",
  );

const removalsChanged = () =>
  conflict(
    'removals_changed',
    'Some of the people whom you chose are not held any more. Nobody was removed.',
    'Look at the list again, and choose from those who are still held.',
  );

export const removalsStale = () =>
  conflict(
    'removals_stale',
    'A newer run has finished. This list may be out of date.',
    'Approve or reject the removals of the newest run.',
  );
