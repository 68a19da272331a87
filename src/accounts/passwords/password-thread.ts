import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Derivation, Derived } from './password-worker.js';

/** Always from the build, even where the rest runs from its sources. */
const WORKER = fileURLToPath(
  new URL('../../../dist/accounts/passwords/password-worker.js', import.meta.url),
);

interface Waiting {
  resolve: (key: Buffer) => void;
  reject: (error: Error) => void;
}

/**
 * Derives keys from passwords in its own thread, one after the other. Node's pool has four threads, which files, DNS
 * and compression share: passwords would block them. The thread starts with the first password.
 */
export class PasswordThread {
  private worker: Worker | undefined;
  private waiting: Waiting[] = [];

  /** @throws Error where scrypt refuses, or the thread ends */
  derive(derivation: Derivation): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const worker = this.start();
      this.waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(derivation);
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(WORKER);
    worker.on('message', (derived: Derived) => this.settle(worker, derived));
    worker.on('error', (error: Error) => this.end(worker, error));
    worker.on('exit', () =>
      this.end(worker, new Error('The thread that hashes passwords has ended.')),
    );
    this.worker = worker;
    return worker;
  }

  private settle(worker: Worker, derived: Derived): void {
    if (worker !== this.worker) return;
    const waiting = this.waiting.shift();
    // An idle thread must not keep the process alive.
    if (this.waiting.length === 0) worker.unref();
    if ('error' in derived) waiting?.reject(new Error(derived.error));
    else waiting?.resolve(Buffer.from(derived.key));
  }

  /** A failed thread ends a little later; another may have replaced it by then. */
  private end(worker: Worker, error: Error): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
