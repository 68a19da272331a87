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
