import { AsyncLocalStorage } from 'node:async_hooks';

/** One storage for all values: Node up to 22 slows each promise down for each storage that is in use. */
const storage = new AsyncLocalStorage<ReadonlyMap<object, unknown>>();

/** A value that everything within a piece of work can read: a request, a run, a command. */
export class WorkLocal<T> {
  /** Undefined outside of `run`. */
  get(): T | undefined {
    return storage.getStore()?.get(this) as T | undefined;
  }

  run<R>(value: T, work: () => R): R {
    return storage.run(new Map(storage.getStore()).set(this, value), work);
  }
}
