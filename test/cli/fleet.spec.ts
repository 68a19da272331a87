import { expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { stage } from './support/stage.js';

const [, scaled] = ways;
interface Answer {
  id: number;
  items: { id: number }[];
  finishedAt: string | null;
}

const SMALL = ['birch', 'cedar', 'elm', 'larch', 'maple', 'oak'];

it('two webs and three workers let no large organization hold up the small ones', async () => {
  const { env, start, connect, json, rollcall, world, owner, token, simulator } = await stage({
    ...scaled,
    members: 2_500,
  });
  for (const login of SMALL) {
    const organization = world.addOrganization({ login, members: 49 });
    organization.join(owner, { role: 'admin' });
    await rollcall(['connect', login, '--token-stdin'], token);
  }
  const large = await connect();
  const { token: api } = await json(['token', 'fleet']);
  env.ROLE = 'web';
  const webs = [start(['serve']), start(['serve'])];
  env.ROLE = 'worker';
  const workers = [start(['serve']), start(['serve']), start(['serve'])];
  const urls = await Promise.all(webs.map(({ ready }) => ready));
  await Promise.all(workers.map((worker) => worker.waitForLine(/worker is ready/)));
  delete env.ROLE;
  const request = async (web: number, path: string, method = 'GET'): Promise<Answer> => {
    const headers = { authorization: `Bearer ${api.value}` };
    return (
      await fetch(`${urls[web % 2]}/api/v1${path}`, { method, headers })
    ).json() as Promise<Answer>;
  };
  const held = simulator.faults.on(/members\?.*\bpage=20\b/).hold();
  const { id: largeRun } = await request(0, `/integrations/${large.id}/member-syncs`, 'POST');
  await held.arrived;
  const { items } = await request(1, '/integrations');
  const small = items.filter(({ id }) => id !== large.id);
  const asked = await Promise.all(
    small.map(({ id }, i) => request(i, `/integrations/${id}/member-syncs`, 'POST')),
  );
  const ended = (id: number) =>
    until(async () => {
      const run = await request(1, `/member-syncs/${id}`);
      return run.finishedAt ? run : undefined;
    });
  for (const { id } of asked)
    expect(await ended(id)).toMatchObject({ state: 'complete', result: { total: 50 } });
  expect(await request(0, `/member-syncs/${largeRun}`)).toMatchObject({ state: 'running' });
  held.release();
  expect(await ended(largeRun)).toMatchObject({ state: 'complete', result: { total: 2_500 } });
});
