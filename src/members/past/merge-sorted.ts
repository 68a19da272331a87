import { setImmediate as turn } from 'node:timers/promises';

type Compare<T> = (a: T, b: T) => number;

/** The most items compared before other work runs: a few ms. */
const MAX_ITEMS_PER_TURN = 10_000;

/** Merges sorted lists into one. Other work runs in between, however many items there are. */
export async function mergeSorted<T>(runs: T[][], compare: Compare<T>): Promise<T[]> {
  let left = runs;
  while (left.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < left.length; i += 2)
      merged.push(await mergeTwo(left[i] ?? [], left[i + 1] ?? [], compare));
    left = merged;
  }
  return left[0] ?? [];
}

async function mergeTwo<T>(a: T[], b: T[], compare: Compare<T>): Promise<T[]> {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const merged: T[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
    const takesA = j >= b.length || (i < a.length && compare(a[i] as T, b[j] as T) <= 0);
    merged.push((takesA ? a[i++] : b[j++]) as T);
    if (merged.length % MAX_ITEMS_PER_TURN === 0) await turn();
  }
  return merged;
}
