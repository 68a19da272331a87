import { Inject, Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { HintedRuns } from './hinted-runs.js';

/** Where fewer ms are configured, all of them are waited for; a lone hint must not wait for others that do not come. */
const QUIET_MS = 500;

/** The part of the configured time without a new hint after which no more are expected. */
const QUIET_PART = 1 / 4;

/** In ms. While very many hints come, one run of everybody at their end is better than several meanwhile. */
export const MAX_BURST_MS = 30_000;

/** A timer may fire so many ms early. */
const EARLY_MS = 2;

/** When the first and the last hint came that wait to be handled, in ms of a clock that only goes forward. */
interface Gathering {
  first: number;
  last: number;
  timer: NodeJS.Timeout;
}

/**
 * Gathers an integration's hints for `WEBHOOK_GATHER_MS`, or until none came for a part of that time, and then starts one
 * run for all of them. What this process does not start, because it stops or the database is away, HintSweeper starts.
 */
@Injectable()
export class HintGathering implements OnModuleDestroy {
  private readonly logger = new Logger(HintGathering.name);
  private readonly gatherings = new Map<number, Gathering>();
  private readonly starts = new Set<Promise<void>>();
  private readonly gatherMs: number;
  private readonly quietMs: number;
  private stopped = false;

  constructor(
    private readonly runs: HintedRuns,
    @Inject(CONFIG) { webhooks }: Config,
  ) {
    this.gatherMs = webhooks.gatherMs;
    this.quietMs = Math.min(this.gatherMs, Math.max(QUIET_MS, this.gatherMs * QUIET_PART));
  }

  /** Call it after the commit of the hints. */
  gather(integrationIds: number[]): void {
    if (this.stopped) return;
    const now = performance.now();
    for (const id of new Set(integrationIds)) {
      const known = this.gatherings.get(id);
      if (known) known.last = now;
      else this.gatherings.set(id, { first: now, last: now, timer: this.wait(id, this.quietMs) });
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.gatherings.values()) clearTimeout(timer);
    this.gatherings.clear();
    await Promise.allSettled(this.starts);
  }

  private wait(id: number, ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      const start = this.due(id).finally(() => this.starts.delete(start));
      this.starts.add(start);
    }, ms);
  }

  private async due(id: number): Promise<void> {
    const gathering = this.gatherings.get(id);
    if (!gathering) return;
    const now = performance.now();
    const { first, last } = gathering;
    const quietIn = last + this.quietMs - now;
    const isWithin = now - first < this.gatherMs - EARLY_MS;
    if (quietIn > EARLY_MS && isWithin)
      return this.again(gathering, id, Math.min(quietIn, first + this.gatherMs - now));
    try {
      const isBurst =
        quietIn > EARLY_MS && now - first < MAX_BURST_MS && (await this.runs.areMany(id));
      if (isBurst) return this.again(gathering, id, quietIn);
      this.gatherings.delete(id);
      await this.runs.start(id);
    } catch (error) {
      this.gatherings.delete(id);
      this.logger.warn(`The hints of integration ${id} wait for the next sweep: ${error}`);
    }
  }

  private again(gathering: Gathering, id: number, ms: number): void {
    if (!this.stopped) gathering.timer = this.wait(id, ms);
  }
}
