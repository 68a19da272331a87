import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { GithubFailure } from '../../github/errors/github-failure.js';
import { LimitReached } from '../../github/errors/limit-reached.js';
import { isConnectionLost } from '../../platform/database/dialect.js';
import { measured, type Operation, observed } from '../../platform/observability/observers.js';
import { withFacts } from '../../platform/observability/work-facts.js';
import { HintGathering } from '../hints/hint-gathering.js';
import { TakenHints } from '../hints/taken-hints.js';
import { MemberSyncClaims } from '../runs/member-sync-claims.js';
import { RefusedRuns } from '../runs/refused-runs.js';
import {
  HandedBack,
  LeaseLost,
  RunFailure,
  runFailureOf,
  takenOverTooOften,
} from '../runs/run-failure.js';
import type { RunLease } from '../runs/run-lease.js';
import type { RunOrigin } from '../runs/run-origin.js';
import { RunProgress } from '../runs/run-progress.js';
import { GithubMembersService } from './github-members.service.js';
import { Heartbeat } from './heartbeat.js';
import { PeopleSyncService } from './people-sync.service.js';

/** A run that loses its worker more often than this is not tried again: it may be the cause. */
const MAX_TAKEOVERS = 5;

/** Executes a run from its claim to its end. */
@Injectable()
export class MemberSyncRunner implements OnModuleDestroy {
  private readonly logger = new Logger(MemberSyncRunner.name);
  private readonly active = new Map<Heartbeat, Promise<void>>();
  private stopping = false;

  constructor(
    private readonly claims: MemberSyncClaims,
    private readonly members: GithubMembersService,
    private readonly people: PeopleSyncService,
    private readonly hints: TakenHints,
    private readonly gathering: HintGathering,
    private readonly refused: RefusedRuns,
  ) {}

  /** Whether this worker claimed the run; then the run has ended, waits, or is left to another worker. */
  async run(runId: number, origin: RunOrigin = {}): Promise<boolean> {
    if (this.stopping) return false;
    const lease = await this.claims.claim(runId);
    if (!lease) return false;
    const { requestId, traceparent } = origin;
    const { integrationId } = lease.run;
    await withFacts({ requestId, runId, integrationId }, () =>
      observed(operationOf(lease, traceparent), () => this.hold(lease)),
    );
    // Some may have come meanwhile.
    this.gathering.gather([integrationId]);
    return true;
  }

  private async hold(lease: RunLease): Promise<void> {
    const { id, epoch, takeovers, trigger } = lease.run;
    this.logger.log(`Run ${id} is claimed`, { epoch, takeovers, trigger });
    const progress = new RunProgress(lease.run);
    const heartbeat = new Heartbeat(lease, progress);
    const execution = this.execute(lease, progress, heartbeat);
    this.active.set(heartbeat, execution);
    await execution.finally(() => this.active.delete(heartbeat));
  }

  /** At a shutdown it starts no run, and hands active runs back at their last checkpoint. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    for (const heartbeat of this.active.keys()) heartbeat.abort(new HandedBack());
    await Promise.allSettled(this.active.values());
  }

  private async execute(
    lease: RunLease,
    progress: RunProgress,
    heartbeat: Heartbeat,
  ): Promise<void> {
    try {
      const refusal = this.refused.refusalOf(lease.run);
      if (refusal) return await this.refuse(lease, progress, refusal, heartbeat.signal);
      if (lease.run.takeovers > MAX_TAKEOVERS) throw takenOverTooOften(MAX_TAKEOVERS);
      await this.sync(lease, progress, heartbeat.signal);
    } catch (error) {
      await this.end(lease, progress, error, heartbeat.signal);
    } finally {
      // Ends requests whose answers are not needed now.
      heartbeat.abort(new LeaseLost());
    }
  }

  private async sync(lease: RunLease, progress: RunProgress, signal: AbortSignal): Promise<void> {
    const hints = await this.hints.begin(lease);
    await (hints
      ? this.people.sync(lease, hints, progress, signal)
      : this.members.sync(lease, progress, signal));
  }

  private async end(
    lease: RunLease,
    progress: RunProgress,
    cause: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    const { id } = lease.run;
    const error: unknown = signal.aborted ? signal.reason : cause;
    if (error instanceof LeaseLost) return this.logger.warn(`Run ${id}: ${error.message}`);
    // An unreachable database ends no run: the next worker continues from its checkpoint.
    if (isConnectionLost(error))
      return this.logger.warn(
        `Run ${id} is left to another worker: the database cannot be reached.`,
      );
    const ended = this.letGo(lease, progress, error, signal);
    await ended.catch((cause: unknown) => {
      // Another worker has the run, or takes it over when the database is back.
      this.logger.warn(`Run ${id} is left to another worker: ${(cause as Error).message}`);
    });
  }

  private letGo(
    lease: RunLease,
    progress: RunProgress,
    error: unknown,
    signal: AbortSignal,
  ): Promise<void> {
    if (error instanceof HandedBack) return this.handBack(lease, progress);
    // The next worker continues the reversal. If the run ended now, refused changes would stay.
    if (this.refused.refusalOf(lease.run)) return Promise.reject(error);
    if (error instanceof LimitReached) return this.wait(lease, progress, error);
    const failure = this.explain(lease.run.id, error);
    return this.refused.concerns(failure)
      ? this.refuse(lease, progress, failure, signal)
      : lease.fail(failure, progress.snapshot());
  }

  private async handBack(lease: RunLease, progress: RunProgress): Promise<void> {
    await lease.handBack(progress.snapshot());
    this.logger.log(`Run ${lease.run.id} is handed back`);
  }

  private async wait(
    lease: RunLease,
    progress: RunProgress,
    { code: reason, resumesIn }: LimitReached,
  ): Promise<void> {
    await lease.wait(resumesIn, progress.snapshot());
    const seconds = resumesIn / 1000;
    measured('github_wait', seconds, { reason });
    this.logger.log(`Run ${lease.run.id} waits for GitHub's limit`, { reason, seconds });
  }

  private async refuse(
    lease: RunLease,
    progress: RunProgress,
    failure: RunFailure,
    signal: AbortSignal,
  ): Promise<void> {
    progress.forget();
    const isDone = await this.refused.takeBack(lease, failure, signal);
    await (isDone ? lease.fail(failure, progress.snapshot()) : this.handBack(lease, progress));
  }

  private explain(id: number, error: unknown): RunFailure {
    const failure = runFailureOf(error);
    if (failure.code === 'disk_full')
      this.logger.error(`Run ${id} failed: ${(error as Error).message}`);
    if (failure.code === 'internal') this.logger.error(`Run ${id} failed`, error);
    else if (error instanceof GithubFailure && error.status === 502)
      this.logger.warn(`Run ${id} failed with ${failure.code}: ${failure.message}`);
    return failure;
  }
}

const operationOf = ({ run }: RunLease, parent?: string): Operation => ({
  kind: 'run',
  name: 'member sync',
  labels: { trigger: run.trigger },
  details: { runId: run.id, integrationId: run.integrationId, epoch: run.epoch },
  parent,
});
