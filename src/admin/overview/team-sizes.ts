import type { SizePoint } from '../runs/size-chart.js';

/** The sum of several directories over time, each with the size that was last known. @param all each the oldest first */
export function teamSizes(all: SizePoint[][]): SizePoint[] {
  const points = all.flatMap((sizes, directory) => sizes.map((point) => ({ ...point, directory })));
  points.sort((one, other) => one.at.getTime() - other.at.getTime());
  const known = all.map(() => 0);
  return points.map(({ at, active, directory }) => {
    known[directory] = active;
    return { at, active: known.reduce((sum, size) => sum + size, 0) };
  });
}
