import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { chunks } from '../members/bulk.js';
import { missing } from '../members/diff.js';
import { Member } from '../members/member.entity.js';
import { MemberDirectory } from '../members/member-directory.service.js';
import { GithubIntegration } from './github-integration.entity.js';
import { HeldRemoval } from './held-removal.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import type { RunLease } from './run-lease.js';
import type { SyncCounts } from './sync-counts.js';

type Gone = Pick<Member, 'githubId' | 'login' | 'status' | 'present'>;

/** Removes those who left, unless they are so many that a person must look first. */
@Injectable()
export class MemberRemovals {
  constructor(private readonly directory: MemberDirectory) {}

  /** How many members were active when the run began, whichever worker began it. */
  async activeBefore(lease: RunLease): Promise<number> {
    const { integrationId, activeBefore } = lease.run;
    if (activeBefore !== null) return activeBefore;
    return (
      await lease.write(async (manager) => ({
        activeBefore: await manager.countBy(Member, { integrationId, status: 'active' }),
      }))
    ).activeBefore;
  }

  /**
   * Removes or holds, in the caller's transaction, and tells the counts of both.
   * @param seen GitHub's ids of everybody in a list that was proven complete
   */
  async apply(
    manager: EntityManager,
    run: Readonly<MemberSyncRun>,
    seen: ReadonlySet<number>,
    activeBefore: number,
  ): Promise<Partial<SyncCounts>> {
    const gone = missing(await this.present(manager, run.integrationId), seen);
    const leavers = gone.filter(({ status }) => status === 'active');
    const isHeld = await mustBeHeld(manager, run, leavers.length, activeBefore);
    return isHeld ? hold(manager, run, leavers) : this.remove(manager, run, gone);
  }

  private async remove(
    manager: EntityManager,
    { id: runId, integrationId }: Readonly<MemberSyncRun>,
    gone: Gone[],
  ): Promise<Partial<SyncCounts>> {
    const context = { integrationId, runId, at: new Date() };
    const ids = gone.map(({ githubId }) => githubId);
    return { deactivated: await this.directory.removeAll(manager, context, ids) };
  }

  private present(manager: EntityManager, integrationId: number): Promise<Gone[]> {
    const select = { githubId: true, login: true, status: true, present: true } as const;
    return manager.find(Member, { select, where: { integrationId, present: true } });
  }
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
  leavers: Gone[],
): Promise<Partial<SyncCounts>> {
  const rows = leavers.map(({ githubId, login }) => ({ runId, githubId, login }));
  for (const some of chunks(rows)) await manager.insert(HeldRemoval, some);
  return { held: leavers.length };
}
