import { expect, it } from 'vitest';
import { FairQueue, QueueFull } from '../../src/platform/fair-queue.js';

/** A queue whose first piece of work waits to be let go, with the order in which the others run. */
function start(limits = { perLane: 2, inAll: 3 }) {
  const queue = new FairQueue(limits);
  const order: string[] = [];
  let go = () => {};
  const first = queue.run('first', false, () => new Promise<void>((resolve) => (go = resolve)));
  const add = (lane: string, name: string, isUrgent = false) =>
    queue.run(lane, isUrgent, async () => void order.push(name));
  const end = async (work: Promise<void>[]) => {
    go();
    await first;
    const outcomes = await Promise.allSettled(work);
    return outcomes.map(({ status }) => status === 'fulfilled');
  };
  return { order, add, end };
}

it('lets lanes take turns, and what is urgent go first', async () => {
  const { order, add, end } = start();
  const work = [add('a', 'a1'), add('a', 'a2'), add('b', 'b1'), add('c', 'urgent', true)];
  expect(await end(work)).toEqual([true, true, true, true]);
  expect(order).toEqual(['urgent', 'a1', 'b1', 'a2']);
});

it('gives one turn of four to what is not urgent', async () => {
  const { order, add, end } = start({ perLane: 9, inAll: 9 });
  const urgent = Array.from({ length: 7 }, (_, i) => add('u', `u${i}`, true));
  await end([...urgent, add('a', 'a1'), add('a', 'a2')]);
  expect(order).toEqual(['u0', 'u1', 'u2', 'a1', 'u3', 'u4', 'u5', 'a2', 'u6']);
});

it('refuses what a lane has no place for', async () => {
  const { add, end } = start();
  const work = [add('a', 'a1'), add('a', 'a2')];
  await expect(add('a', 'a3')).rejects.toThrow(QueueFull);
  expect(await end(work)).toEqual([true, true]);
});

it('gives a place of the longest lane to a shorter one, and else has none', async () => {
  const { order, add, end } = start();
  const work = [add('a', 'a1'), add('a', 'a2'), add('b', 'b1'), add('c', 'c1')];
  await expect(add('d', 'd1')).rejects.toThrow(QueueFull);
  expect(await end(work)).toEqual([true, false, true, true]);
  expect(order).toEqual(['a1', 'b1', 'c1']);
});

it('goes on after work that failed', async () => {
  const { order, add, end } = start();
  const queue = new FairQueue({ perLane: 1, inAll: 1 });
  await expect(queue.run('a', false, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await queue.run('a', false, async () => 'yes')).toBe('yes');
  expect(await end([add('a', 'a1')])).toEqual([true]);
  expect(order).toEqual(['a1']);
});
