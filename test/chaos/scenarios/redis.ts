import assert from 'node:assert/strict';
import { MEMBER_PAGES } from '../../../src/simulator/faults.js';
import { redisCommands } from '../../support/servers/redis-commands.js';
import type { Arena } from '../support/arena.js';
import type { Scenario } from '../support/scenario.js';

/** A person who clicks does not wait longer, in ms. */
const AT_ONCE = 3_000;

export const redisStopped: Scenario = {
  name: 'Redis stopped during a run, and down at a click',
  way: 'scaled',
  rounds: 1,
  play: async (arena) => {
    const { redis } = arena.servers;
    const url = await (await arena.fleet.one('web')).ready;
    await duringARun(arena, url, () => redis.kill());
    const started = performance.now();
    const id = await arena.click(url);
    const took = performance.now() - started;
    await redis.restart();
    assert.ok(took < AT_ONCE, `the click took ${took} ms`);
    await arena.finished(id);
  },
};

export const redisRestarted: Scenario = {
  name: 'Redis restarted, empty, during a run and before a click',
  way: 'scaled',
  rounds: 1,
  play: async (arena) => {
    const url = await (await arena.fleet.one('web')).ready;
    await duringARun(arena, url, () => arena.servers.redis.restart());
    await arena.servers.redis.restart();
    await arena.finished(await arena.click(url));
  },
};

export const redisFlushed: Scenario = {
  name: 'Redis flushed during a run, and before a worker heard of it',
  way: 'scaled',
  rounds: 1,
  play: async (arena) => {
    const flush = () => redisCommands(arena.env.REDIS_URL ?? '', 'FLUSHDB');
    const url = await (await arena.fleet.one('web')).ready;
    await duringARun(arena, url, flush);
    await arena.fleet.of('worker', 0);
    const id = await arena.click(url);
    await flush();
    await arena.fleet.one('worker');
    await arena.finished(id);
  },
};

/** What happens to Redis does not keep a run from its end. */
async function duringARun(
  arena: Arena,
  url: string,
  happens: () => Promise<unknown>,
): Promise<void> {
  await arena.fleet.one('worker');
  const held = arena.github.simulator.faults.on(MEMBER_PAGES).hold();
  const id = await arena.click(url);
  await held.arrived;
  await happens();
  held.release();
  await arena.finished(id);
}
