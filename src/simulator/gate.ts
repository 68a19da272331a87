import type { Answer } from './answer.js';
import { ANONYMOUS, authenticate } from './caller.js';
import { isGraphql, resourceOf, type SimRequest } from './exchange.js';
import { Lockout, type LockoutOptions } from './lockout.js';
import { payerOf } from './payer.js';
import { type SecondaryLimitOptions, SecondaryLimits } from './secondary-limits.js';
import { Waits } from './waits.js';
import { isWeb } from './web/web.js';
import type { World } from './world.js';

export interface GateOptions {
  /** GitHub's limits on bursts. Default: none. */
  readonly secondaryLimits?: boolean | SecondaryLimitOptions;
  /** Whether repeated bad credentials lock out the good ones. Default: no. */
  readonly lockout?: boolean | LockoutOptions;
  /**
   * How long, in milliseconds, a caller who was told to wait may go on: some requests were on their way by then.
   * Default: 500.
   */
  readonly graceMs?: number;
}

/** Sees every request come and go, and knows what too many of them lead to. */
export class Gate {
  private readonly secondary: SecondaryLimits | undefined;
  private readonly lockout: Lockout | undefined;
  private readonly waits: Waits;

  constructor(
    private readonly world: World,
    { secondaryLimits, lockout, graceMs = 500 }: GateOptions,
  ) {
    const lockoutOptions = lockout === true ? {} : lockout;
    this.lockout = lockoutOptions ? new Lockout(world.clock, lockoutOptions) : undefined;
    const options = secondaryLimits === true ? {} : secondaryLimits;
    this.secondary = options ? new SecondaryLimits(world.clock, options) : undefined;
    this.waits = new Waits(world.clock, graceMs);
  }

  /** How many requests a secondary limit refused. */
  get secondaryLimited(): number {
    return this.secondary?.refused ?? 0;
  }

  /** How many requests came from somebody who was told to wait. */
  get impatient(): number {
    return this.waits.ignored;
  }

  /** @returns the request's way out, and the refusal of one too many */
  enter(request: SimRequest): { refusal?: Answer; leave: (answer?: Answer) => void } {
    if (isWeb(request)) return { leave: () => {} };
    const found = authenticate(request, this.world);
    const payer = payerOf('refusal' in found ? ANONYMOUS : found).name;
    const resource = resourceOf(request);
    this.waits.arrive(payer, resource);
    const limited = this.secondary?.arrive(payer, resource, pointsOf(request));
    const shown = request.headers.authorization !== undefined;
    const locked = shown ? this.lockout?.tried(!isBad(found)) : undefined;
    const refusal = locked ?? limited;
    const leave = (answer?: Answer): void => {
      this.secondary?.leave(payer);
      if (answer) this.waits.answered(payer, resource, answer);
    };
    return refusal ? { refusal, leave } : { leave };
  }
}

function isBad(found: ReturnType<typeof authenticate>): boolean {
  return 'refusal' in found && found.refusal.status === 401;
}

/** As GitHub counts: what may change something costs more, but for GraphQL, which knows queries only here. */
function pointsOf(request: SimRequest): number {
  return isGraphql(request) || ['GET', 'HEAD', 'OPTIONS'].includes(request.method) ? 1 : 5;
}
