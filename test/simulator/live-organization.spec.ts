import { expect, it } from 'vitest';
import { demoWorld } from '../../src/simulator/demo-organization.js';
import { LiveOrganization } from '../../src/simulator/live-organization.js';

it('changes by one person at a time, comes back to its size, and keeps its owners', () => {
  const { world, organization, token } = demoWorld({ members: 300 });
  const owners = organization.list({ role: 'admin' }).length;
  const live = new LiveOrganization(world, organization);
  const seen = new Set(organization.members);
  for (let step = 0; step < 5_000; step++) {
    const before = organization.size;
    live.step();
    expect(Math.abs(organization.size - before)).toBe(1);
    expect(Math.abs(organization.size - 300)).toBeLessThanOrEqual(100);
    for (const user of organization.members.slice(-1)) seen.add(user);
  }
  expect(organization.list({ role: 'admin' })).toHaveLength(owners);
  expect(
    world.token(token)?.user && organization.membership(world.token(token)?.user),
  ).toBeDefined();
  const all = new Set([...organization.members, ...seen]);
  expect(all.size).toBeLessThan(700);
});
