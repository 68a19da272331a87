import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DirectoryUpdates } from '../../members/directory/directory-updates.js';
import { Member } from '../../members/member.entity.js';
import type { RunLease } from '../runs/run-lease.js';
import type { OrganizationAccess } from './organization-accesses.js';
import type { RemovingRun } from './removal-limit.js';
import { RunRemovals } from './run-removals.js';

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

  /** The removals of a run with this access; `listedBefore` are GitHub's ids in the list of the previous run. */
  of(access: OrganizationAccess, run: RemovingRun, listedBefore: ReadonlySet<number>): RunRemovals {
    return new RunRemovals(this.dataSource.manager, this.directory, access, run, listedBefore);
  }
}
