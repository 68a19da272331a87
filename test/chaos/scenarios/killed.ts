import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../../src/simulator/random.js';
import type { StartedProcess } from '../../support/process.js';
import { Signal } from '../../support/signal.js';
import type { Arena } from '../support/arena.js';
import type { Scenario } from '../support/scenario.js';

/** A sync makes more requests than that. */
const REQUESTS = 14;
/** At most so many ms later: between two requests something is written. */
const LATER = 60;

/** A random moment of the next run. */
export async function someMoment({ github }: Arena, random: Random): Promise<void> {
  const moment = new Signal();
  const after = random.between(0, REQUESTS);
  github.simulator.faults.on(/./, { after }).before(moment.give);
  await moment.given;
  await delay(random.between(0, LATER));
}

export const workerKilled: Scenario = {
  name: 'SIGKILL of the worker at a random moment',
  way: 'scaled',
  rounds: 3,
  play: async (arena, random) => {
    const worker = await arena.fleet.one('worker');
    const moment = someMoment(arena, random);
    await arena.ask();
    await moment;
    await arena.fleet.kill(worker);
  },
};

export const oneOfTwoWorkersKilled: Scenario = {
  name: 'SIGKILL of one of two workers at a random moment',
  way: 'scaled',
  rounds: 2,
  play: async (arena, random) => {
    const workers = await arena.fleet.of('worker', 2);
    const web = await arena.fleet.one('web');
    const moment = someMoment(arena, random);
    await arena.click(await web.ready);
    await moment;
    await arena.fleet.kill(random.pick(workers));
  },
};

export const webKilled: Scenario = {
  name: 'SIGKILL of the web right after the click',
  way: 'scaled',
  rounds: 2,
  play: async (arena, random) => {
    const web = await arena.fleet.one('web');
    await clickAndKill(arena, web, random);
  },
};

export const embeddedKilled: Scenario = {
  name: 'SIGKILL of the embedded server at a random moment',
  way: 'embedded',
  rounds: 2,
  play: async (arena, random) => {
    const server = await arena.fleet.one('all');
    const moment = someMoment(arena, random);
    await arena.click(await server.ready);
    await moment;
    await arena.fleet.kill(server);
  },
};

export const embeddedKilledAtClick: Scenario = {
  name: 'SIGKILL of the embedded server right after the click',
  way: 'embedded',
  rounds: 2,
  play: async (arena, random) => {
    await clickAndKill(arena, await arena.fleet.one('all'), random);
  },
};

/** Every second time the click is not answered before: then nothing was promised, and all must be well all the same. */
async function clickAndKill(arena: Arena, server: StartedProcess, random: Random): Promise<void> {
  const click = arena.click(await server.ready);
  const answered = click.then(
    () => true,
    () => false,
  );
  if (random.chance(0.5)) await click;
  else await delay(random.between(0, LATER));
  await arena.fleet.kill(server);
  await answered;
}
