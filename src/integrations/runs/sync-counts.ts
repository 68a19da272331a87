import type { PartResults } from '../parts/part.js';

/** What a run did, in people. `created + updated + unchanged + failed = total`, the size of GitHub's list. */
export interface SyncCounts {
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  deactivated: number;
  reactivated: number;
  held: number;
  total: number;
}

/** What a run did: to members, and to each part that it looked at. */
export interface RunResult extends SyncCounts {
  parts?: PartResults;
}

/** How many removals a run holds: of people, of GitHub teams and places in them, and of both. */
export interface HeldCounts {
  people: number;
  ofTeams: number;
  all: number;
}

export function heldCounts(result: RunResult | null): HeldCounts {
  const [people, ofTeams] = [result?.held ?? 0, result?.parts?.teams?.held ?? 0];
  return { people, ofTeams, all: people + ofTeams };
}

export const noCounts = (): SyncCounts => ({
  created: 0,
  updated: 0,
  unchanged: 0,
  failed: 0,
  deactivated: 0,
  reactivated: 0,
  held: 0,
  total: 0,
});

/** A run's counts of members. */
export const countsOf = (result: RunResult): SyncCounts => addCounts(result, {});

/** How a run changed the number of people in each status. */
export function statusChange(counts: SyncCounts | null): { active: number; left: number } {
  const { created, reactivated, deactivated } = counts ?? noCounts();
  return { active: created + reactivated - deactivated, left: deactivated - reactivated };
}

/** The sums; but `total` is taken from `b`, if it has one. */
export function addCounts(a: SyncCounts, b: Partial<SyncCounts>): SyncCounts {
  const sum = (of: keyof SyncCounts): number => a[of] + (b[of] ?? 0);
  return {
    created: sum('created'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    failed: sum('failed'),
    deactivated: sum('deactivated'),
    reactivated: sum('reactivated'),
    held: sum('held'),
    total: b.total ?? a.total,
  };
}
