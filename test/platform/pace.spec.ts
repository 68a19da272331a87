import { afterEach, expect, it, vi } from 'vitest';
import { Pace } from '../../src/platform/pace.js';

afterEach(() => void vi.useRealTimers());

it('gives the first turn at once, the others one by one, and none too late', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  const pace = new Pace(20, 50);
  const given: number[] = [];
  const turns = Array.from({ length: 5 }, (_, i) => pace.turn().then(() => given.push(i)));
  await turns[0];
  expect(given).toEqual([0]);
  for (const [ms, all] of [
    [20, 2],
    [20, 3],
    [10, 5],
  ] as const) {
    await vi.advanceTimersByTimeAsync(ms);
    expect(given).toHaveLength(all);
  }
});
