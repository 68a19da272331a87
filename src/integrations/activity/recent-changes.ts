import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThanOrEqual } from 'typeorm';
import { addChanges, type ChangeCounts } from '../../members/changes/changes.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/** Counts what runs changed lately, from the stored counts of each run. */
@Injectable()
export class RecentChanges {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * By integration. The first run of an integration finds its members, who did not join then: it is left out.
   * @param since when runs were requested at the earliest
   */
  async of(integrationIds: number[], since: Date): Promise<Map<number, ChangeCounts>> {
    if (integrationIds.length === 0) return new Map();
    const runs = await this.dataSource.manager.find(MemberSyncRun, {
      select: { id: true, integrationId: true, number: true, changeCounts: true },
      where: { integrationId: In(integrationIds), requestedAt: MoreThanOrEqual(since) },
    });
    const counts = new Map<number, ChangeCounts>();
    for (const { integrationId, number, changeCounts } of runs) {
      if (number === 1 || !changeCounts) continue;
      counts.set(integrationId, addChanges(counts.get(integrationId) ?? {}, changeCounts));
    }
    return counts;
  }
}
