import { Injectable, Logger } from '@nestjs/common';
import { GithubMembersService } from './github-members.service.js';
import { MemberSyncClaims } from './member-sync-claims.service.js';
import { LeaseLost, runFailureOf } from './run-failure.js';
import type { RunLease } from './run-lease.js';
import { RunProgress } from './run-progress.js';

/** How often a run says that it lives, and learns that it was taken away, in ms. */
const BEAT = 1_000;

/** Executes a run from its claim to its end. */
@Injectable()
export class MemberSyncRunner {
  private readonly logger = new Logger(MemberSyncRunner.name);

  constructor(
    private readonly claims: MemberSyncClaims,
    private readonly members: GithubMembersService,
  ) {}

  /** Whether this worker got the run; it is finished then, or was taken away. */
  async run(runId: number): Promise<boolean> {
    const lease = await this.claims.claim(runId);
    if (lease) await this.execute(lease);
    return lease !== null;
  }

  private async execute(lease: RunLease): Promise<void> {
    const progress = new RunProgress();
    const heart = this.beat(lease, progress);
    try {
      await this.members.sync(lease, progress, heart.signal);
      await lease.complete(progress.counts, progress.snapshot());
    } catch (error) {
      await this.end(lease, progress, heart.signal.aborted ? heart.signal.reason : error);
    } finally {
      heart.stop();
    }
  }

  private async end(lease: RunLease, progress: RunProgress, error: unknown): Promise<void> {
    const { id } = lease.run;
    if (error instanceof LeaseLost) return this.logger.warn(`Run ${id}: ${error.message}`);
    const failure = runFailureOf(error);
    if (failure.code === 'internal') this.logger.error(`Run ${id} failed`, error);
    const counts = progress.total === null ? null : progress.counts;
    await lease.fail(failure, counts, progress.snapshot()).catch((cause: unknown) => {
      if (!(cause instanceof LeaseLost)) throw cause;
    });
  }

  /** Saves the progress every second; its signal aborts when the run is no longer this worker's. */
  private beat(lease: RunLease, progress: RunProgress): { signal: AbortSignal; stop: () => void } {
    const stopped = new AbortController();
    const timer = setInterval(() => {
      lease.beat(progress.snapshot()).catch((error: unknown) => {
        if (error instanceof LeaseLost) stopped.abort(error);
        else this.logger.warn(`Run ${lease.run.id} could not save its progress: ${error}`);
      });
    }, BEAT);
    return { signal: stopped.signal, stop: () => clearInterval(timer) };
  }
}
