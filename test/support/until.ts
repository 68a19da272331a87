import { setTimeout as delay } from 'node:timers/promises';

/** How often the outside world is looked at, and how long at most, in ms. */
const EVERY = 20;
const AT_MOST = 25_000;

/** What `look` finds, once it finds something: for what another process or a database does not announce. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (const started = performance.now(); ; await delay(EVERY)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() - started > AT_MOST) throw new Error(`Nothing came of it: ${look}`);
  }
}
