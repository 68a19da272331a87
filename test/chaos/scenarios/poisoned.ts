import assert from 'node:assert/strict';
import type { Scenario } from '../support/scenario.js';

/** The first worker, and those of five takeovers. */
const WORKERS = 6;

export const poisoned: Scenario = {
  name: 'a run that takes its worker with it each time',
  way: 'scaled',
  rounds: 1,
  ends: ['complete', 'error'],
  play: async (arena) => {
    const { faults } = arena.github.simulator;
    const id = await arena.ask();
    for (let lost = 0; lost < WORKERS; lost++) {
      const poison = faults.on(/./).hold();
      const worker = await arena.fleet.one('worker');
      await poison.arrived;
      await arena.fleet.kill(worker);
      poison.release();
    }
    await arena.fleet.one('worker');
    const { state, takeovers, errorMessage } = await arena.finished(id);
    assert.deepEqual({ state, takeovers }, { state: 'error', takeovers: WORKERS });
    assert.match(errorMessage ?? '', /lost 6 times/);
  },
};
