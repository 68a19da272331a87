import type { Job, Queue } from 'bull';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBullQueue } from '../../src/platform/queue/bull-queue.js';
import { InProcessQueue } from '../../src/platform/queue/in-process-queue.js';
import { createRedisDatabase } from '../support/servers/redis-database.js';
import { Signal } from '../support/signal.js';

interface Payload {
  runId: number;
}

const queues = {
  'in-process': async () => new InProcessQueue<Payload>('contract') as unknown as Queue<Payload>,
  Bull: async () =>
    createBullQueue<Payload>('contract', { url: await createRedisDatabase(), tls: undefined }),
};

describe.each(Object.entries(queues))('the %s queue', (_, create) => {
  async function open() {
    const queue = await create();
    onTestFinished(() => queue.close());
    return queue;
  }

  it('gives each job to the processor, with its payload', async () => {
    const queue = await open();
    const seen: number[] = [];
    const third = new Signal();
    queue.process(1, async ({ data }: Job<Payload>) => {
      seen.push(data.runId);
      if (seen.length === 3) third.give();
    });
    for (const runId of [7, 8, 9]) await queue.add({ runId });
    await third.given;
    expect(seen).toEqual([7, 8, 9]);
  });

  it('keeps what was added before there was a processor', async () => {
    const queue = await open();
    await queue.add({ runId: 1 });
    const done = new Signal();
    queue.process(1, async () => done.give());
    await done.given;
  });

  it('answers whoever adds before the processor begins', async () => {
    const queue = await open();
    const order: string[] = [];
    const done = new Signal();
    queue.process(1, async () => {
      order.push('processed');
      done.give();
    });
    await queue.add({ runId: 1 }).then(() => order.push('added'));
    await done.given;
    expect(order.sort()).toEqual(['added', 'processed']);
  });

  it('takes a second job with the same id for the first while that is unfinished, and not afterwards', async () => {
    const queue = await open();
    const seen: number[] = [];
    const started = new Signal();
    const goOn = new Signal();
    const last = new Signal();
    queue.process(1, async ({ data }: Job<Payload>) => {
      seen.push(data.runId);
      started.give();
      await goOn.given;
      if (data.runId === 3) last.give();
    });
    await queue.add({ runId: 1 }, { jobId: 'same' });
    await started.given;
    await queue.add({ runId: 2 }, { jobId: 'same' });
    await queue.add({ runId: 4 }, { jobId: 'marker' });
    goOn.give();
    await readd(queue, { runId: 3 }, 'same', last);
    expect(seen).not.toContain(2);
    expect(seen).toContain(3);
  });

  it('goes on after a job that failed', async () => {
    const queue = await open();
    const done = new Signal();
    queue.process(1, async ({ data }: Job<Payload>) => {
      if (data.runId === 1) throw new Error('This one fails.');
      done.give();
    });
    await queue.add({ runId: 1 });
    await queue.add({ runId: 2 });
    await done.given;
  });

  it('processes so many jobs at once and no more', async () => {
    const queue = await open();
    let active = 0;
    let most = 0;
    let finished = 0;
    const two = new Signal();
    const all = new Signal();
    const goOn = new Signal();
    queue.process(2, async () => {
      most = Math.max(most, ++active);
      if (active === 2) two.give();
      await goOn.given;
      active--;
      if (++finished === 5) all.give();
    });
    for (let runId = 1; runId <= 5; runId++) await queue.add({ runId });
    await two.given;
    goOn.give();
    await all.given;
    expect(most).toBe(2);
  });

  it('waits for the running job when it closes', async () => {
    const queue = await open();
    const started = new Signal();
    const goOn = new Signal();
    let finished = false;
    queue.process(1, async () => {
      started.give();
      await goOn.given;
      finished = true;
    });
    await queue.add({ runId: 1 });
    await started.given;
    const closed = queue.close();
    goOn.give();
    await closed;
    expect(finished).toBe(true);
  });
});

/** Adds until the queue has let go of the id, which Bull does a moment after the handler returned. */
async function readd(
  queue: Queue<Payload>,
  data: Payload,
  jobId: string,
  done: Signal,
): Promise<void> {
  for (let processed = false; !processed; ) {
    await queue.add(data, { jobId });
    processed = await Promise.race([
      done.given.then(() => true),
      new Promise<false>((r) => setImmediate(r, false)),
    ]);
  }
}
