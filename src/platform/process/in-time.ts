import { setTimeout as delay } from 'node:timers/promises';

/** The result of the work. @throws Error where it takes longer than `ms` */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const deadline = new AbortController();
  const late = delay(ms, undefined, { signal: deadline.signal }).then(() => {
    throw new Error(`no answer within ${ms} ms`);
  });
  return Promise.race([work, late]).finally(() => deadline.abort());
}
