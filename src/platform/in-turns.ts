import { setImmediate as turn } from 'node:timers/promises';

/** Runs a long calculation step by step. Others work between two steps. */
export async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await turn();
  }
}
