import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Queue } from 'bull';
import type { MemberSyncJob } from '../../../src/integrations/runs/run-hand-over.js';
import { createBullQueue } from '../../../src/platform/queue/bull-queue.js';
import { MEMBER_SYNC_QUEUE } from '../../../src/platform/queue/queue.module.js';
import { MEMBER_PAGES } from '../../../src/simulator/faults.js';
import { redisCommands } from '../../support/servers/redis-commands.js';
import { until } from '../../support/until.js';
import type { Arena } from '../support/arena.js';
import type { Scenario } from '../support/scenario.js';

export const jobTwice: Scenario = {
  name: 'two workers given the same job',
  way: 'scaled',
  rounds: 1,
  play: async (arena) => {
    await whileHeld(arena, async (queue, runId) => {
      const copies = [1, 2, 3].map((copy) => `copy-${copy}-of-${runId}`);
      await Promise.all(copies.map((jobId) => queue.add({ runId }, { jobId })));
      // Only the job of whoever works on the run is left.
      await until(async () => (await queue.count()) === 0 && (await queue.getActiveCount()) === 1);
    });
  },
};

export const lockLost: Scenario = {
  name: 'a lost lock renewal: Bull gives the job to the other worker',
  way: 'scaled',
  rounds: 1,
  play: async (arena) => {
    await whileHeld(arena, async (queue) => {
      const active = await queue.getActive();
      const stalled = once(queue, 'global:stalled');
      const locks = active.map(({ id }) => `bull:${MEMBER_SYNC_QUEUE}:${id}:lock`);
      await redisCommands(arena.env.REDIS_URL ?? '', `DEL ${locks.join(' ')}`);
      await stalled;
    });
  },
};

/** What happens while a worker holds a run makes no other begin it too. */
async function whileHeld(
  arena: Arena,
  happens: (queue: Queue<MemberSyncJob>, runId: number) => Promise<void>,
): Promise<void> {
  await arena.fleet.of('worker', 2);
  const url = await (await arena.fleet.one('web')).ready;
  const redis = { url: arena.env.REDIS_URL ?? '', tls: undefined };
  const queue = await createBullQueue<MemberSyncJob>(MEMBER_SYNC_QUEUE, redis);
  try {
    const held = arena.github.simulator.faults.on(MEMBER_PAGES).hold();
    const id = await arena.click(url);
    await held.arrived;
    await happens(queue, id);
    held.release();
    const { epoch, takeovers } = await arena.finished(id);
    assert.deepEqual({ epoch, takeovers }, { epoch: 1, takeovers: 0 });
  } finally {
    await queue.close();
  }
}
