import { count } from '../support/figures.js';
import { type Way, ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';

/** What a first sync says to the database, with every BEGIN, COMMIT and heartbeat. */
export async function statements(rounds: Rounds, sizes: number[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const members of sizes) {
    const { syncs } = await rounds.of(members);
    const most = (way: Way) => Math.max(...syncs[way].map(({ first }) => first.statements));
    const atMost = members / 250 + 50;
    rows.push({
      what: `database statements of a first sync of ${count(members)}`,
      measured: ways.map((way) => `${count(most(way))} ${way}`).join(', '),
      mustReach: `at most ${count(atMost)}`,
      ok: ways.every((way) => most(way) <= atMost),
    });
  }
  return rows;
}
