import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Job, JobId, JobOptions, ProcessCallbackFunction } from 'bull';

type Handler<T> = (job: Job<T>) => Promise<unknown>;

/**
 * The part of Bull's queue that Nest's explorer and this project call, without Redis. Jobs are processed in this
 * process, in order, `concurrency` at a time. When the process ends, jobs are lost; their runs remain in the database.
 */
export class InProcessQueue<T = unknown> extends EventEmitter {
  private readonly logger = new Logger(InProcessQueue.name);
  private readonly waiting: Job<T>[] = [];
  private readonly active = new Map<JobId, Promise<void>>();
  private readonly known = new Set<JobId>();
  private handler: Handler<T> | undefined;
  private concurrency = 1;
  private lastId = 0;
  private closing = false;

  constructor(readonly name: string) {
    super();
    this.on('error', (error) => this.logger.error(error));
  }

  /** Adds a job. As in Bull, a `jobId` that is still waiting or active means the same job. */
  async add(data: T, options: JobOptions = {}): Promise<Job<T>> {
    if (this.closing) throw new Error(`The queue '${this.name}' is closed.`);
    const id = options.jobId ?? `${++this.lastId}`;
    const job = { id, name: '__default__', data, opts: options } as Job<T>;
    if (this.known.has(id)) return job;
    this.known.add(id);
    this.waiting.push(job);
    this.next();
    return job;
  }

  process(concurrency: number, handler: ProcessCallbackFunction<T> | Handler<T>): void {
    this.concurrency = concurrency;
    this.handler = handler as Handler<T>;
    this.next();
  }

  /** Takes no new jobs and waits for the active ones. */
  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.active.values());
  }

  private next(): void {
    while (this.handler && !this.closing && this.active.size < this.concurrency) {
      const job = this.waiting.shift();
      if (!job) return;
      this.active.set(job.id, this.run(job, this.handler));
    }
  }

  private async run(job: Job<T>, handler: Handler<T>): Promise<void> {
    // The handler runs after `add` returns, so that its caller can answer first.
    await new Promise(setImmediate);
    try {
      this.emit('completed', job, await handler(job));
    } catch (error) {
      this.emit('failed', job, error);
    } finally {
      this.known.delete(job.id);
      this.active.delete(job.id);
      this.next();
    }
  }
}
