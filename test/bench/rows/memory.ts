import { median } from '../support/figures.js';
import { type Way, ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';

const [SMALL, LARGE] = [1_000, 100_000];
const AT_MOST = 120;

/** How the memory of a process grows with the organization. */
export async function memory(rounds: Rounds): Promise<Row[]> {
  const [small, large] = [await rounds.of(SMALL), await rounds.of(LARGE)];
  const peak = ({ syncs }: typeof small, way: Way) =>
    median(syncs[way].map(({ first }) => first.peakMiB));
  return ways.map((way) => {
    const [before, after] = [peak(small, way), peak(large, way)];
    return {
      what: `peak memory of 100,000 over that of 1,000, ${way}`,
      measured: `${Math.round(after - before)} MiB more (${Math.round(after)} to ${Math.round(before)})`,
      mustReach: `at most ${AT_MOST} MiB more`,
      ok: after - before <= AT_MOST,
    };
  });
}
