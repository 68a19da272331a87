import { scryptSync } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** The input of scrypt. Structured cloning turns Buffers into Uint8Arrays. */
export interface Derivation {
  password: string;
  salt: Uint8Array;
  /** The key's length in bytes. */
  length: number;
  cost: { N: number; r: number; p: number };
}

export type Derived = { key: Uint8Array } | { error: string };

parentPort?.on('message', (derivation: Derivation) => parentPort?.postMessage(derive(derivation)));

function derive({ password, salt, length, cost }: Derivation): Derived {
  try {
    const maxmem = 256 * cost.N * cost.r;
    return { key: scryptSync(password, salt, length, { ...cost, maxmem }) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
