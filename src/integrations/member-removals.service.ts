import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { missing } from '../members/diff.js';
import { Member } from '../members/member.entity.js';
import { MemberDirectory } from '../members/member-directory.service.js';
import type { RunLease } from './run-lease.js';
import type { RunProgress } from './run-progress.js';
import { addCounts } from './sync-counts.js';

/** Removals of more than this share of the active members, and of more than so many people, are held. */
const HELD_ABOVE = { share: 0.2, people: 5 };

interface Removals {
  lease: RunLease;
  progress: RunProgress;
  /** GitHub's ids of everybody in a list that was proven complete. */
  seen: ReadonlySet<number>;
  /** How many members were active when the run began. */
  activeBefore: number;
}

/** Removes those who left, unless they are so many that a person must look first. */
@Injectable()
export class MemberRemovals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly directory: MemberDirectory,
  ) {}

  countActive(integrationId: number): Promise<number> {
    return this.dataSource.manager.countBy(Member, { integrationId, status: 'active' });
  }

  async apply({ lease, progress, seen, activeBefore }: Removals): Promise<void> {
    const { integrationId } = lease.run;
    const { counts } = progress;
    const saved = await lease.write(async (manager) => {
      const select = { id: true, githubId: true, status: true, present: true } as const;
      const known = await manager.find(Member, { select, where: { integrationId, present: true } });
      const gone = missing(known, seen);
      const leavers = gone.filter(({ status }) => status === 'active').length;
      if (mustBeHeld(leavers, activeBefore))
        return { result: addCounts(counts, { held: leavers }) };
      await this.directory.markLeft(
        manager,
        gone.map(({ id }) => id),
        new Date(),
      );
      return { result: addCounts(counts, { deactivated: leavers }) };
    });
    progress.counts = saved.result;
  }
}

const mustBeHeld = (leavers: number, activeBefore: number): boolean =>
  leavers > HELD_ABOVE.people && leavers > activeBefore * HELD_ABOVE.share;
