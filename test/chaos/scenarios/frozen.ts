import assert from 'node:assert/strict';
import { GRAPHQL, MEMBER_PAGES, PROFILES } from '../../../src/simulator/faults.js';
import { changesOf, runOf } from '../support/rows.js';
import type { Scenario } from '../support/scenario.js';

/** The answer that the frozen worker waits for is there when it comes back, so that it would write at once. */
export const frozen: Scenario = {
  name: 'SIGSTOP for longer than the lease, then SIGCONT',
  way: 'scaled',
  rounds: 1,
  play: async (arena, random) => {
    const { fleet, github, service } = arena;
    const { faults } = github.simulator;
    const zombie = await fleet.one('worker');
    const answer = faults.on(random.pick([PROFILES, MEMBER_PAGES])).hold();
    const id = await arena.ask();
    await answer.arrived;
    zombie.signal('SIGSTOP');
    const { epoch } = await runOf(service, id);
    const heir = faults.on(GRAPHQL, { times: Number.POSITIVE_INFINITY }).hold();
    await fleet.of('worker', 2);
    const taken = await arena.when(id, (run) => run.epoch > epoch);
    await heir.arrived;
    const changes = await changesOf(service, id);
    answer.release();
    zombie.signal('SIGCONT');
    await zombie.waitForLine(new RegExp(`Run ${id}: This worker no longer owns the run`), 20);
    const { claimedBy, state } = await runOf(service, id);
    assert.deepEqual({ claimedBy, state }, { claimedBy: taken.claimedBy, state: 'running' });
    assert.equal(await changesOf(service, id), changes, 'the zombie wrote something');
    heir.release();
    await arena.finished(id);
  },
};
