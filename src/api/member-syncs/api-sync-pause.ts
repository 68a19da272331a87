import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { RunScope } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { PublicError } from '../../platform/public-error.js';

/** Makes API clients wait between runs, so that a loop of requests does not become a loop of runs. */
@Injectable()
export class ApiSyncPause {
  constructor(
    private readonly runs: MemberSyncRuns,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Passes while a run is unfinished: then this run is the answer. Runs of single people and of everybody do not make
   * each other wait: webhooks may start one at any moment.
   * @throws PublicError 429 `sync_too_soon`, with `Retry-After` in seconds
   */
  async check(integrationId: number, scope: RunScope, response: Response): Promise<void> {
    const { syncPauseSeconds } = this.config.api;
    const newest = await this.runs.latest(integrationId);
    if (!newest?.finishedAt) return;
    const latest = await this.runs.latestOfScope(integrationId, scope);
    if (!latest?.finishedAt) return;
    const left = syncPauseSeconds - (Date.now() - latest.finishedAt.getTime()) / 1000;
    if (left <= 0) return;
    // The clock of another process may be ahead.
    const seconds = Math.min(Math.ceil(left), syncPauseSeconds);
    response.set('Retry-After', String(seconds));
    throw syncTooSoon(seconds);
  }
}

export const syncTooSoon = (seconds: number) =>
  new PublicError(
    429,
    'sync_too_soon',
    'The last run of this organization ended moments ago.',
    `Wait ${seconds} s (see Retry-After), then try again.`,
  );
