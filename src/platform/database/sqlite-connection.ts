import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Answer, Question } from './sqlite-worker.js';

/** Always from the build, even where the rest runs from its sources. */
const WORKER = fileURLToPath(
  new URL('../../../dist/platform/database/sqlite-worker.js', import.meta.url),
);

type Outcome = Exclude<Answer, { error: unknown }>;

interface Waiting {
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
}

/**
 * A connection to SQLite in its own thread: large writes and waits for another process's transaction do not block
 * requests. Statements run in the order of the calls.
 */
export class SqliteConnection {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private readonly exited: Promise<unknown>;
  private ended: Error | undefined;

  constructor(path: string) {
    this.worker = new Worker(WORKER, { workerData: path });
    this.worker.on('message', (answer: Answer) => this.settle(answer));
    this.worker.on('error', (error: Error) => this.end(error));
    this.exited = new Promise((resolve) => this.worker.once('exit', resolve));
    this.exited.then(() => this.end(new Error('The connection to SQLite has ended.')));
  }

  /** @throws Error with SQLite's code */
  execute(sql: string, values: unknown[] = []): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      const question: Question = { sql, values };
      this.worker.postMessage(question);
      this.waiting.push({ resolve, reject });
    });
  }

  pragma(source: string): Promise<object[]> {
    const rows = this.execute(`PRAGMA ${source}`).then((outcome) =>
      'rows' in outcome ? outcome.rows : [],
    );
    // TypeORM ignores the result of its own statements; after the end, the next statement is refused.
    rows.catch(() => undefined);
    return rows;
  }

  /** Earlier statements still run. */
  async close(): Promise<void> {
    this.worker.postMessage('close');
    await this.exited;
  }

  private settle(answer: Answer): void {
    const waiting = this.waiting.shift();
    if ('error' in answer) waiting?.reject(Object.assign(new Error(), answer.error));
    else waiting?.resolve(answer);
  }

  private end(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
  }
}
