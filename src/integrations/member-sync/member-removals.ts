import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, MoreThan } from 'typeorm';
import { isAnyMember, listLacksMembers } from '../../github/members/confirm-leavers.js';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { DirectoryUpdates } from '../../members/directory/directory-updates.js';
import { Member } from '../../members/member.entity.js';
import { chunks } from '../../members/writing/bulk.js';
import { missing } from '../../members/writing/diff.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { HeldRemoval } from '../removals/held-removal.entity.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import type { RunLease } from '../runs/run-lease.js';
import type { SyncCounts } from '../runs/sync-counts.js';
import type { OrganizationAccess } from './organization-accesses.js';

type Leaver = Pick<Member, 'githubId' | 'login' | 'nodeId' | 'status' | 'present'>;

/** Everybody in a list that was proven complete. */
export interface Seen {
  githubIds: ReadonlySet<number>;
  /** How many of them the directory refused. */
  failed: number;
}

/** What the removals changed. */
interface Removed {
  counts: Partial<SyncCounts>;
  changes: ChangeCounts;
}

/** Members read at a time. */
const MAX_MEMBERS_PER_READ = 10_000;

/** More people are not checked one by one: the list was proven by reading it twice. */
const MAX_LEAVERS_ASKED_ONE_BY_ONE = 100;

/** Removes people who left; if they are too many, an admin must approve first. */
@Injectable()
export class MemberRemovals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly directory: DirectoryUpdates,
  ) {}

  /** The number of active members when the run's first worker began. */
  async activeBefore(lease: RunLease): Promise<number> {
    const { integrationId, activeBefore } = lease.run;
    if (activeBefore !== null) return activeBefore;
    return (
      await lease.write(async (manager) => ({
        activeBefore: await manager.countBy(Member, { integrationId, status: 'active' }),
      }))
    ).activeBefore;
  }

  /** Removes or holds, in the caller's transaction; returns the counts of both. */
  async apply(
    manager: EntityManager,
    run: Readonly<MemberSyncRun>,
    seen: Seen,
    activeBefore: number,
  ): Promise<Removed> {
    const gone = await this.gone(manager, run, seen);
    const leavers = gone.filter(isActive);
    const isHeld = await mustBeHeld(manager, run, leavers.length, activeBefore);
    return isHeld ? hold(manager, run, leavers) : this.remove(manager, run, gone);
  }

  /**
   * Asks GitHub about each person who would be removed, if they are few enough, and whether the credential still sees
   * everybody: a token's owner who left the organization sees public members only.
   * @throws GithubFailure `listing_incomplete` if somebody who is missing from the list is a member; `visibility_reduced`
   */
  async confirm(
    access: OrganizationAccess,
    run: Readonly<MemberSyncRun>,
    seen: Seen,
    activeBefore: number,
  ): Promise<void> {
    const { manager } = this.dataSource;
    const gone = await this.gone(manager, run, seen);
    if (gone.length === 0) return;
    const isHeld = await mustBeHeld(manager, run, gone.filter(isActive).length, activeBefore);
    const areAsked = !isHeld && gone.length <= MAX_LEAVERS_ASKED_ONE_BY_ONE;
    if (areAsked && (await isAnyMember(access, gone))) throw listLacksMembers();
    await access.checkVisibility();
  }

  /** People in the directory who were not seen; read in parts, because a large directory needs much memory. */
  private async gone(
    manager: EntityManager,
    { integrationId }: Readonly<MemberSyncRun>,
    { githubIds: seen, failed }: Seen,
  ): Promise<Leaver[]> {
    // The directory now has all seen people except the refused ones. If it has no others, nobody is gone.
    const present = await manager.countBy(Member, { integrationId, present: true });
    if (present === seen.size - failed) return [];
    const gone: Leaver[] = [];
    for (let after = 0; ; ) {
      const part = await presentAfter(manager, integrationId, after);
      gone.push(...missing(part, seen));
      const last = part.at(-1);
      if (part.length < MAX_MEMBERS_PER_READ || !last) return gone;
      after = last.githubId;
    }
  }

  private async remove(
    manager: EntityManager,
    { id: runId, integrationId }: Readonly<MemberSyncRun>,
    gone: Leaver[],
  ): Promise<Removed> {
    const context = { integrationId, runId, at: new Date() };
    const ids = gone.map(({ githubId }) => githubId);
    const { people, changes } = await this.directory.removeAll(manager, context, ids);
    return { counts: { deactivated: people }, changes };
  }
}

const isActive = ({ status }: Leaver): boolean => status === 'active';

async function presentAfter(
  manager: EntityManager,
  integrationId: number,
  githubId: number,
): Promise<Leaver[]> {
  const rows = await manager
    .createQueryBuilder(Member, 'member')
    .select('member.github_id', 'githubId')
    .addSelect('member.login', 'login')
    .addSelect('member.node_id', 'nodeId')
    .addSelect('member.status', 'status')
    .where({ integrationId, present: true, githubId: MoreThan(githubId) })
    .orderBy('member.github_id')
    .limit(MAX_MEMBERS_PER_READ)
    .getRawMany<Leaver>();
  return rows.map((row) => ({ ...row, githubId: Number(row.githubId), present: true }));
}

async function mustBeHeld(
  manager: EntityManager,
  { integrationId: id }: Readonly<MemberSyncRun>,
  leavers: number,
  activeBefore: number,
): Promise<boolean> {
  const { holdAbovePercent, holdAbovePeople } = await manager.findOneByOrFail(GithubIntegration, {
    id,
  });
  return leavers > holdAbovePeople && leavers * 100 > activeBefore * holdAbovePercent;
}

async function hold(
  manager: EntityManager,
  { id: runId }: Readonly<MemberSyncRun>,
  leavers: Leaver[],
): Promise<Removed> {
  const rows = leavers.map(({ githubId, login }) => ({ runId, githubId, login }));
  for (const some of chunks(rows)) await manager.insert(HeldRemoval, some);
  return { counts: { held: leavers.length }, changes: {} };
}
