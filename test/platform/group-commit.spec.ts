import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { GroupCommit } from '../../src/platform/database/group-commit.js';
import { Signal } from '../support/signal.js';

/** Groups that were stored, each when it is let go. */
function start(most = 10, pauseMs = 0) {
  const groups: number[][] = [];
  const signals: Signal[] = [];
  const commits = new GroupCommit<number>(
    async (group) => {
      groups.push(group);
      const signal = new Signal();
      signals.push(signal);
      await signal.given;
      if (group.includes(13)) throw new Error('unlucky');
    },
    most,
    pauseMs,
  );
  const letGo = async (group: number) => {
    await expect.poll(() => signals[group]).toBeDefined();
    signals[group]?.give();
  };
  return { commits, groups, letGo };
}

it('stores together what arrives meanwhile', async () => {
  const { commits, groups, letGo } = start();
  const first = commits.add(1);
  const others = [2, 3, 4].map((one) => commits.add(one));
  await letGo(0);
  await first;
  await expect.poll(() => groups).toEqual([[1], [2, 3, 4]]);
  await letGo(1);
  await Promise.all(others);
  const last = commits.add(5);
  await letGo(2);
  await last;
  expect(groups.at(-1)).toEqual([5]);
});

it('stores together what arrives in the pause after it', async () => {
  const { commits, groups, letGo } = start(10, 500);
  const first = commits.add(1);
  await letGo(0);
  await first;
  const second = commits.add(2);
  await nextTurn();
  const third = commits.add(3);
  await letGo(1);
  await Promise.all([second, third]);
  expect(groups).toEqual([[1], [2, 3]]);
});

it('stores no more at once than it may', async () => {
  const { commits, groups, letGo } = start(2);
  const all = [1, 2, 3, 4].map((one) => commits.add(one));
  for (const [i, one] of [all[0], all[1], all[3]].entries()) {
    await letGo(i);
    await one;
  }
  expect(groups).toEqual([[1], [2, 3], [4]]);
});

it('tells a failure to those of the group alone, and goes on', async () => {
  const { commits, letGo } = start();
  const first = commits.add(1);
  const unlucky = [13, 14].map((one) => expect(commits.add(one)).rejects.toThrow('unlucky'));
  await letGo(0);
  await first;
  await letGo(1);
  await Promise.all(unlucky);
  const next = commits.add(15);
  await letGo(2);
  await next;
});
