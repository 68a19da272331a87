import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarios } from './scenarios/scenarios.js';
import { Arenas } from './support/arenas.js';
import { play } from './support/play.js';
import type { Scenario } from './support/scenario.js';
import { Servers } from './support/servers.js';
import { type Score, tableOf } from './support/table.js';
import { noFaults } from './support/verdict.js';

/** Decides everything that is random, but for how quick the machine is. */
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const ROUNDS = process.env.CHAOS_ROUNDS;
/** Four pages. */
const MEMBERS = 350;
/** How long one round may take, in ms: longer than anything it waits for. */
const ROUND = 120_000;

describe('nothing is lost, doubled, left hanging or wrong', () => {
  const scores: Score[] = [];
  let servers: Servers;
  let arenas: Arenas;

  beforeAll(async () => {
    servers = await Servers.start();
    arenas = new Arenas({ seed: SEED, servers, members: MEMBERS });
  });

  afterAll(async () => {
    process.stdout.write(`\n${tableOf(scores)}\n`);
    await arenas.close();
    await servers.stop();
  });

  for (const scenario of scenarios) {
    const rounds = Number(ROUNDS ?? scenario.rounds);
    it(scenario.name, { timeout: rounds * ROUND }, () => playAll(scenario, rounds));
  }

  async function playAll(scenario: Scenario, rounds: number): Promise<void> {
    const score = { scenario: scenario.name, rounds: 0, seed: SEED, verdict: noFaults() };
    scores.push(score);
    while (score.rounds < rounds) {
      const arena = await arenas.of(scenario.way);
      score.verdict = await play(arena, scenario, SEED + score.rounds++);
      const { log } = arena.fleet;
      const isWell = Object.values(score.verdict).every((faults) => faults.length === 0);
      if (!isWell) await arenas.discard(scenario.way);
      expect(score.verdict, `Seed ${SEED}, round ${score.rounds}\n${log}`).toEqual(noFaults());
    }
  }
});
