import type { Answer } from './answer.js';
import type { Clock } from './clock.js';

/** Without `retry-after`, a secondary limit asks for a minute. */
const USUAL_SECONDS = 60;

interface Wait {
  readonly toldAt: number;
  readonly until: number;
}

/** Who was told to wait, by a limit or by a fault that plays one, and how often somebody asked all the same. */
export class Waits {
  ignored = 0;
  private readonly waits = new Map<string, Wait>();

  /** @param graceMs how long a caller may go on, who sent more before the word came */
  constructor(
    private readonly clock: Clock,
    private readonly graceMs: number,
  ) {}

  /** A request arrives. */
  arrive(payer: string, resource: string): void {
    const now = this.clock.now();
    const waits = [this.waits.get(payer), this.waits.get(`${payer} ${resource}`)];
    if (waits.some((wait) => wait && wait.toldAt + this.graceMs < now && now < wait.until)) {
      this.ignored += 1;
    }
  }

  /** An answer goes out. A used up hour is one of REST or of GraphQL; any other wait is for both. */
  answered(payer: string, resource: string, answer: Answer): void {
    if (!isLimit(answer)) return;
    const { headers = {}, body = '' } = answer;
    const now = this.clock.now();
    const { 'retry-after': after, 'x-ratelimit-reset': reset } = headers;
    if (after !== undefined) this.wait(payer, now + Number(after) * 1000);
    else if (headers['x-ratelimit-remaining'] === '0') {
      this.wait(`${payer} ${resource}`, Number(reset) * 1000);
    } else if (body.includes('secondary rate limit')) {
      this.wait(payer, now + USUAL_SECONDS * 1000);
    }
  }

  private wait(key: string, until: number): void {
    const now = this.clock.now();
    const current = this.waits.get(key);
    const toldAt = current && current.until > now ? current.toldAt : now;
    this.waits.set(key, { toldAt, until });
  }
}

function isLimit({ status, body = '' }: Answer): boolean {
  return status === 403 || status === 429 || body.startsWith('{"errors":[{"type":"RATE_LIMIT');
}
