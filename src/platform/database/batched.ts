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

/** The same for queries that cannot be combined: one read for all equal calls of one turn of the event loop. */
export function shared<Q extends object, V>(
  read: (query: Q) => Promise<V>,
): (query: Q) => Promise<V> {
  const asked = new Map<string, Promise<V>>();
  return (query) => {
    const key = JSON.stringify(query);
    const answer = asked.get(key) ?? afterTurn(() => asked.delete(key)).then(() => read(query));
    asked.set(key, answer);
    return answer;
  };
}

const afterTurn = (act: () => void): Promise<void> =>
  new Promise((resolve) =>
    setImmediate(() => {
      act();
      resolve();
    }),
  );

/** The values by key. The keys are unique. */
export const byKey = <K, V>(values: V[], keyOf: (value: V) => K): Map<K, V> =>
  new Map(values.map((value) => [keyOf(value), value]));

/** Pads to 1, 2, 4, … keys with copies of the last one, so that few statements are prepared. */
function padded<K>(keys: K[]): K[] {
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  return Array.from({ length }, (_, i) => keys[Math.min(i, keys.length - 1)] as K);
}
