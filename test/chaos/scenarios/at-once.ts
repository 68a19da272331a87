import assert from 'node:assert/strict';
import { MEMBER_PAGES } from '../../../src/simulator/faults.js';
import { startProcess } from '../../support/process.js';
import type { Scenario } from '../support/scenario.js';

const CLICKS = 50;

export const fiftyClicks: Scenario = {
  name: '50 clicks at once on two webs',
  way: 'scaled',
  rounds: 1,
  play: async (arena) => {
    const webs = await arena.fleet.of('web', 2);
    const urls = await Promise.all(webs.map(({ ready }) => ready));
    await arena.fleet.one('worker');
    const held = arena.github.simulator.faults.on(MEMBER_PAGES).hold();
    const clicks = Array.from({ length: CLICKS / 2 }, () => urls.map((url) => arena.click(url)));
    const ids = new Set(await Promise.all(clicks.flat()));
    held.release();
    assert.equal(ids.size, 1, `${CLICKS} clicks asked for the runs ${[...ids]}`);
  },
};

export const commandAndClick: Scenario = {
  name: 'the command line and a click at once',
  way: 'scaled',
  rounds: 2,
  play: async (arena, random) => {
    const url = await (await arena.fleet.one('web')).ready;
    await arena.fleet.one('worker');
    const often = { times: Number.POSITIVE_INFINITY };
    const held = arena.github.simulator.faults.on(MEMBER_PAGES, often).hold();
    const clicked = random.chance(0.5) ? await arena.click(url) : undefined;
    const command = startProcess(['sync', 'acme', '--json'], arena.env);
    await command.waitForLine(/(Syncing|Following the sync of) acme/);
    const id = clicked ?? (await arena.click(url));
    held.release();
    assert.deepEqual(await command.exited, { code: 0, signal: null });
    assert.equal(JSON.parse(command.stdout).run.id, id);
  },
};
