import { expect, it } from 'vitest';
import type { HookNetwork } from '../../src/simulator/hooks/hook-sender.js';
import { isSigned } from './support/hook-receiver.js';
import { HookStage } from './support/hook-stage.js';

/** Twenty people join at once. */
async function played(network: HookNetwork): Promise<{ hooks: HookStage; logins: string[] }> {
  const hooks = await HookStage.set();
  await hooks.quiet();
  hooks.stage.simulator.hooks.network = network;
  const users = Array.from({ length: 20 }, () => hooks.stage.world.addUser());
  for (const user of users) hooks.stage.organization.join(user);
  await hooks.idle();
  return { hooks, logins: users.map(({ login }) => login) };
}

function joined({ receiver }: HookStage): string[] {
  return receiver.received.map(({ body }) => JSON.parse(body).membership.user.login as string);
}

async function listed(hooks: HookStage, status: string): Promise<number> {
  const path = `/${hooks.hook.id}/deliveries?per_page=100&status=${status}`;
  return ((await (await hooks.send('GET', path)).json()) as unknown[]).length;
}

it('sends in order where it sends one at a time', async () => {
  const { hooks, logins } = await played({ parallel: 1 });
  expect(joined(hooks)).toEqual(logins);
});

it('sends in the same wrong order each time', async () => {
  const network = { parallel: 1, shuffled: true };
  const { hooks, logins } = await played(network);
  expect(joined(hooks)).not.toEqual(logins);
  expect(joined(hooks).toSorted()).toEqual(logins.toSorted());
  expect(joined((await played(network)).hooks)).toEqual(joined(hooks));
});

it('sends twice, under the same GUID', async () => {
  const { hooks, logins } = await played({ twice: 1 });
  expect(joined(hooks).toSorted()).toEqual([...logins, ...logins].toSorted());
  const guids = hooks.receiver.received.map(({ headers }) => headers['x-github-delivery']);
  expect(new Set(guids).size).toBe(20);
});

it('loses without a trace, or lists what failed', async () => {
  const { hooks: lossy } = await played({ lost: 0.5 });
  const arrived = lossy.receiver.received.length;
  expect(arrived).toBeGreaterThan(0);
  expect(arrived).toBeLessThan(20);
  expect(await listed(lossy, 'failure')).toBe(0);
  const { hooks: failing } = await played({ failed: 0.5 });
  expect(await listed(failing, 'failure')).toBe(20 - failing.receiver.received.length);
});

it('signs with another secret', async () => {
  const { hooks } = await played({ forged: 1 });
  expect(hooks.receiver.received.some((one) => isSigned(one))).toBe(false);
});

it('is late, and gives up waiting for an answer', async () => {
  const start = performance.now();
  const { hooks } = await played({ lateMs: 50 });
  expect(performance.now() - start).toBeGreaterThan(49);
  hooks.receiver.status = 0;
  hooks.stage.simulator.hooks.network = { timeoutMs: 20 };
  hooks.stage.organization.join(hooks.stage.outsider);
  await hooks.idle();
  const path = `/${hooks.hook.id}/deliveries?per_page=1`;
  expect(await (await hooks.send('GET', path)).json()).toMatchObject([
    { status: 'timed out', status_code: 504 },
  ]);
});
