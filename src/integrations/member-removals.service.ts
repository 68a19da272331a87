import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { missing } from '../members/diff.js';
import { Member } from '../members/member.entity.js';
import { MemberDirectory } from '../members/member-directory.service.js';
import { GithubIntegration } from './github-integration.entity.js';
import { HeldRemoval } from './held-removal.entity.js';
import type { RunLease } from './run-lease.js';
import type { RunProgress } from './run-progress.js';
import { addCounts, SyncCounts } from './sync-counts.js';

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

  /** @param seen GitHub's ids of everybody in a list that was proven complete */
  async apply(
    lease: RunLease,
    progress: RunProgress,
    seen: ReadonlySet<number>,
    activeBefore: number,
  ): Promise<void> {
    const { result } = await lease.write(async (manager) => {
      const gone = missing(await this.present(manager, lease.run.integrationId), seen);
      const leavers = gone.filter(({ status }) => status === 'active');
      const isHeld = await mustBeHeld(manager, lease, leavers.length, activeBefore);
      const counts = isHeld
        ? await hold(manager, lease, leavers)
        : await this.remove(manager, lease, gone);
      return { result: addCounts(progress.counts, counts) };
    });
    progress.counts = result;
  }

  private async remove(
    manager: EntityManager,
    lease: RunLease,
    gone: Gone[],
  ): Promise<Partial<SyncCounts>> {
    const { id: runId, integrationId } = lease.run;
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
  lease: RunLease,
  leavers: number,
  activeBefore: number,
): Promise<boolean> {
  const integration = { id: lease.run.integrationId };
  const { holdAbovePercent, holdAbovePeople } = await manager.findOneByOrFail(
    GithubIntegration,
    integration,
  );
  return leavers > holdAbovePeople && leavers * 100 > activeBefore * holdAbovePercent;
}

async function hold(
  manager: EntityManager,
  lease: RunLease,
  leavers: Gone[],
): Promise<Partial<SyncCounts>> {
  const rows = leavers.map(({ githubId, login }) => ({ runId: lease.run.id, githubId, login }));
  await manager.insert(HeldRemoval, rows);
  return { held: leavers.length };
}
