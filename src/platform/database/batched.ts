import DataLoader from 'dataloader';

/** The most keys in one statement. */
const MAX_KEYS_PER_BATCH = 100;

/**
 * Reads by key, in one statement for all calls of one turn of the event loop: many people read the same few rows. There
 * is no cache: a call sees what was committed before it. Callers may share a result, so they must not change it.
 */
export function batched<K extends string | number, V>(
  read: (keys: K[]) => Promise<Map<K, V>>,
): (key: K) => Promise<V | undefined> {
  const loader = new DataLoader<K, V | undefined>(
    async (keys) => {
      const found = await read(padded([...new Set(keys)]));
      return keys.map((key) => found.get(key));
    },
    { cache: false, maxBatchSize: MAX_KEYS_PER_BATCH, batchScheduleFn: setImmediate },
  );
  return (key) => loader.load(key);
}

/**
 * The same for queries that cannot be combined: equal calls share one read. Calls during a read share the next one, which
 * begins when it ends, so that equal reads do not slow each other down.
 */
export function shared<Q extends object, V>(
  read: (query: Q) => Promise<V>,
): (query: Q) => Promise<V> {
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<V>>();
  const begin = async (key: string, query: Q): Promise<V> => {
    await Promise.all([running.get(key), nextTurn()]);
    next.delete(key);
    const answer = read(query);
    const ended = answer.then(ignored, ignored).then(() => {
      if (running.get(key) === ended) running.delete(key);
    });
    running.set(key, ended);
    return answer;
  };
  return (query) => {
    const key = JSON.stringify(query);
    const answer = next.get(key) ?? begin(key, query);
    next.set(key, answer);
    return answer;
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const ignored = (): void => undefined;

/** The values by key. The keys are unique. */
export const byKey = <K, V>(values: V[], keyOf: (value: V) => K): Map<K, V> =>
  new Map(values.map((value) => [keyOf(value), value]));

/** Pads to 1, 2, 4, … keys with copies of the last one, so that few statements are prepared. */
function padded<K>(keys: K[]): K[] {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  return Array.from({ length }, (_, i) => keys[Math.min(i, keys.length - 1)] as K);
}
