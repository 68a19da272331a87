import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { batched, byKey, shared } from '../../src/platform/database/batched.js';

function reader() {
  const things = [
    { id: 1, name: 'one' },
    { id: 2, name: 'two' },
    { id: 3, name: 'three' },
  ];
  const asked: number[][] = [];
  const find = batched(async (ids: number[]) => {
    asked.push(ids);
    const found = things.filter(({ id }) => ids.includes(id));
    return byKey(found, ({ id }) => id);
  });
  return { things, asked, find };
}

describe('reads in batches', () => {
  it('ask once for all who ask together, and tell each what they asked for', async () => {
    const { find, asked } = reader();
    const found = await Promise.all([3, 1, 3, 9, 1].map(find));
    expect(found.map((thing) => thing?.name)).toEqual(['three', 'one', 'three', undefined, 'one']);
    // Padded, so that few statements are prepared.
    expect(asked).toEqual([[3, 1, 9, 9]]);
  });

  it('remember nothing', async () => {
    const { find, things, asked } = reader();
    await find(1);
    things[0] = { id: 1, name: 'another' };
    expect(await find(1)).toEqual({ id: 1, name: 'another' });
    expect(asked).toEqual([[1], [1]]);
  });

  it('ask for a hundred keys at most in one statement', async () => {
    const { find, asked } = reader();
    await Promise.all(Array.from({ length: 150 }, (_, i) => find(i)));
    expect(asked.map(({ length }) => length)).toEqual([128, 64]);
  });

  it('tell everybody of a failure', async () => {
    const find = batched<number, string>(() => Promise.reject(new Error('The database is away.')));
    const found = await Promise.allSettled([find(1), find(2)]);
    expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('reads that are shared', () => {
  it('are one for all who ask the same together, and one for each other question', async () => {
    const asked: string[] = [];
    const find = shared(async ({ name }: { name: string }) => asked.push(name));
    const answers = await Promise.all([{ name: 'a' }, { name: 'b' }, { name: 'a' }].map(find));
    expect(asked).toEqual(['a', 'b']);
    expect(answers).toEqual([1, 2, 1]);
    expect(await find({ name: 'a' }), 'nothing is remembered').toBe(3);
  });

  it('are one at a time: who asks during one shares the next, which sees what changed meanwhile', async () => {
    let name = 'before';
    const reads: (() => void)[] = [];
    const begun = new EventEmitter();
    const find = shared((_: object) => {
      const seen = name;
      return new Promise<string>((resolve) => {
        reads.push(() => resolve(seen));
        begun.emit('read');
      });
    });
    const early = find({});
    await once(begun, 'read');
    name = 'after';
    const second = once(begun, 'read');
    const late = [find({}), find({})];
    expect(reads, 'nothing else is read meanwhile').toHaveLength(1);
    reads[0]?.();
    expect(await early).toBe('before');
    await second;
    reads[1]?.();
    expect(await Promise.all(late)).toEqual(['after', 'after']);
    expect(reads).toHaveLength(2);
  });

  it('tell everybody of a failure, and are tried again for whoever asks later', async () => {
    let isAway = true;
    const find = shared<object, string>(async () => {
      if (isAway) throw new Error('The database is away.');
      return 'here';
    });
    const found = await Promise.allSettled([find({}), find({})]);
    expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    expect(await find({})).toBe('here');
  });
});
