import { type Answer, problem } from './answer.js';
import type { Clock } from './clock.js';

export interface LockoutOptions {
  /** How many wrong credentials within `withinSeconds` are too many. Default: 10. */
  readonly attempts?: number;
  /** Default: 300. */
  readonly withinSeconds?: number;
  /** How long nobody gets in then. Default: 600. */
  readonly forSeconds?: number;
}

/** After too many wrong credentials, GitHub refuses the right ones, too, for a while. */
export class Lockout {
  private failures: number[] = [];
  private until = 0;

  constructor(
    private readonly clock: Clock,
    private readonly options: LockoutOptions,
  ) {}

  /** Somebody shows a credential. */
  tried(valid: boolean): Answer | undefined {
    const now = this.clock.now();
    if (now < this.until) return refusal();
    if (!valid) this.failed(now);
    return undefined;
  }

  private failed(now: number): void {
    const { attempts = 10, withinSeconds = 300, forSeconds = 600 } = this.options;
    this.failures = [...this.failures.filter((one) => one > now - withinSeconds * 1000), now];
    if (this.failures.length < attempts) return;
    this.failures = [];
    this.until = now + forSeconds * 1000;
  }
}

function refusal(): Answer {
  return problem(403, 'Maximum number of login attempts exceeded. Please try again later.');
}
