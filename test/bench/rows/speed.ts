import { count, median, seconds, times } from '../support/figures.js';
import { type Way, ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import { SAMPLE } from '../support/rounds.js';
import type { Row } from '../support/row.js';

const MEMBERS = 10_000;
const AT_MOST = 1.3;

/** The first sync of 10,000 next to other ways to ask the same. */
export async function speed(rounds: Rounds): Promise<Row[]> {
  const { syncs, rivals } = await rounds.of(MEMBERS);
  const wall = (way: Way) => median(syncs[way].map(({ first }) => first.wallMs));
  const bare = median(rivals.map(({ bareLimit }) => bareLimit.wallMs));
  const careful = median(rivals.map(({ carefulScript }) => carefulScript.wallMs));
  const oneByOne = median(rivals.map((one) => (one.oneByOne.wallMs * MEMBERS) / SAMPLE));
  return [
    ...ways.map((way) => ({
      what: `first sync of ${count(MEMBERS)}, ${way}, against the bare limit`,
      measured: `${times(wall(way) / bare)} (${seconds(wall(way))} to ${seconds(bare)})`,
      mustReach: `at most ${AT_MOST} times`,
      ok: wall(way) <= AT_MOST * bare,
    })),
    faster('a careful script (GraphQL, page by page)', careful, 3),
    faster(`one request a member (measured at ${SAMPLE} and scaled)`, oneByOne, 100),
  ];

  /** By the slower of the two ways. */
  function faster(rival: string, rivalMs: number, atLeast: number): Row {
    const ours = Math.max(...ways.map(wall));
    return {
      what: `first sync of ${count(MEMBERS)}, against ${rival}`,
      measured: `${times(rivalMs / ours)} faster (${seconds(ours)} to ${seconds(rivalMs)})`,
      mustReach: `at least ${atLeast} times faster`,
      ok: rivalMs >= atLeast * ours,
    };
  }
}
