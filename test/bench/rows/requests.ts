import { count } from '../support/figures.js';
import { ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';

/** What a first sync costs of GitHub's hourly limits. */
export async function requests(rounds: Rounds, sizes: number[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const members of sizes) {
    const { syncs } = await rounds.of(members);
    const firsts = ways.flatMap((way) => syncs[way].map(({ first }) => first.traffic));
    const charged = Math.max(...firsts.map((traffic) => traffic.charged));
    const peak = Math.max(...firsts.map((traffic) => traffic.peak));
    const atMost = 2.2 * (members / 100) + 10;
    rows.push({
      what: `charged requests of a first sync of ${count(members)}`,
      measured: `${count(charged)}, ${peak} at once`,
      mustReach: `at most ${count(atMost)}`,
      ok: charged <= atMost,
    });
  }
  return rows;
}
