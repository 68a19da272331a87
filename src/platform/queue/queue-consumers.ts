import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bull';

type Process = (concurrency: number, handler: unknown) => void;

/** Ensures that each queue of this process has exactly one processor. */
@Injectable()
export class QueueConsumers implements OnApplicationBootstrap {
  private readonly processors = new Map<string, number>();

  /** Allows one processor for the queue, with `concurrency` jobs at a time, and refuses a second. */
  watch<Q extends Pick<Queue, 'name' | 'process'>>(queue: Q, concurrency: number): Q {
    const { name } = queue;
    const process = (queue.process as Process).bind(queue);
    this.processors.set(name, 0);
    const takeOnce = (...given: unknown[]): void => {
      if (this.processors.get(name))
        throw new Error(
          `The queue '${name}' has two processors; remove one @Processor('${name}').`,
        );
      this.processors.set(name, 1);
      process(concurrency, given.at(-1));
    };
    return Object.assign(queue, { process: takeOnce });
  }

  /** @throws Error for a queue without a processor, where jobs would wait for ever */
  onApplicationBootstrap(): void {
    for (const [name, count] of this.processors)
      if (count === 0)
        throw new Error(
          `The queue '${name}' has no processor; provide a class with @Processor('${name}').`,
        );
  }
}
