import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { noCounts } from '../../src/integrations/runs/sync-counts.js';
import type { Service } from './service.js';

/** Makes a complete run at each moment, after which so many members were active. */
export async function makePastRuns(
  { dataSource: { manager } }: Service,
  integrationId: number,
  sizes: { at: Date; active: number }[],
): Promise<void> {
  for (const [i, { at, active }] of sizes.entries()) {
    const difference = active - (sizes[i - 1]?.active ?? 0);
    const [joined, left] = [Math.max(0, difference), Math.max(0, -difference)];
    const unchanged = active - joined;
    await manager.insert(MemberSyncRun, {
      ...{ integrationId, trigger: 'schedule', requestedAt: at, startedAt: at },
      ...{ finishedAt: new Date(at.getTime() + 4_200), state: 'complete', activeAfter: active },
      result: { ...noCounts(), created: joined, deactivated: left, unchanged, total: active },
      changeCounts: { joined, left },
    });
  }
}
