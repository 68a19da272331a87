import { count, median, seconds, times } from '../support/figures.js';
import { type Way, ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import { RACED, SAMPLE, type Syncs } from '../support/rounds.js';
import type { Row } from '../support/row.js';

/** By how many times the bare limit a sync may take. */
const KINDS: { of: keyof Syncs; what: string; atMost: number }[] = [
  { of: 'first', what: 'first sync', atMost: 1.3 },
  { of: 'second', what: 'sync with nothing changed', atMost: 1.2 },
  { of: 'third', what: 'sync with 1 % changed', atMost: 1.5 },
];

/** Syncs of 10,000 next to other ways to ask the same. */
export async function speed(rounds: Rounds): Promise<Row[]> {
  const { syncs, rivals } = await rounds.of(RACED);
  const wall = (way: Way, of: keyof Syncs) =>
    median(syncs[way].flatMap((one) => one[of]?.wallMs ?? []));
  const bare = median(rivals.map(({ bareLimit }) => bareLimit.wallMs));
  const careful = median(rivals.map(({ carefulScript }) => carefulScript.wallMs));
  const oneByOne = median(rivals.map((one) => (one.oneByOne.wallMs * RACED) / SAMPLE));
  return [
    ...KINDS.flatMap((kind) => ways.map((way) => besideLimit(way, kind))),
    faster('a careful script (GraphQL, page by page)', careful, 3),
    faster(`one request a member (measured at ${SAMPLE} and scaled)`, oneByOne, 100),
  ];

  function besideLimit(way: Way, { of, what, atMost }: (typeof KINDS)[number]): Row {
    const ours = wall(way, of);
    return {
      what: `${what} of ${count(RACED)}, ${way}, against the bare limit`,
      measured: `${times(ours / bare)} (${seconds(ours)} to ${seconds(bare)})`,
      mustReach: `at most ${atMost} times`,
      ok: ours <= atMost * bare,
    };
  }

  /** By the slower of the two ways. */
  function faster(rival: string, rivalMs: number, atLeast: number): Row {
    const ours = Math.max(...ways.map((way) => wall(way, 'first')));
    return {
      what: `first sync of ${count(RACED)}, against ${rival}`,
      measured: `${times(rivalMs / ours)} faster (${seconds(ours)} to ${seconds(rivalMs)})`,
      mustReach: `at least ${atLeast} times faster`,
      ok: rivalMs >= atLeast * ours,
    };
  }
}
