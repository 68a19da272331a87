import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Makes V8 collect garbage now. By itself it first does so when the old generation has some 200 MiB, in use or not.
 */
const collectGarbage = runInNewContext('gc') as () => void;

/** Collects garbage each time that so much work is done, such as people who were applied. */
export class GarbageRounds {
  private done = 0;

  constructor(private readonly every: number) {}

  add(work: number): void {
    this.done += work;
    if (this.done < this.every) return;
    this.done = 0;
    collectGarbage();
  }
}
