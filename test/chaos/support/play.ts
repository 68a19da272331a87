import { AssertionError } from 'node:assert/strict';
import { Random } from '../../../src/simulator/random.js';
import type { Arena } from './arena.js';
import { rowsOf } from './rows.js';
import type { Scenario } from './scenario.js';
import { judge, noFaults, type Verdict } from './verdict.js';

/** Plays one round of a scenario, and judges what became of it. */
export async function play(arena: Arena, scenario: Scenario, seed: number): Promise<Verdict> {
  const { service, integrationId, asked, github } = arena;
  asked.clear();
  const before = await rowsOf(service, integrationId);
  arena.drift();
  try {
    await scenario.play(arena, new Random(seed));
    await arena.settle();
  } catch (error) {
    const why = error instanceof Error ? `${error.stack}` : String(error);
    if (error instanceof AssertionError) return { ...noFaults(), wrong: [why] };
    // What a scenario waits for in vain hangs.
    return { ...noFaults(), hanging: [why] };
  }
  const after = await rowsOf(service, integrationId);
  const { ends = ['complete'] } = scenario;
  return judge({ before, after, organization: github.organization, asked, ends });
}
