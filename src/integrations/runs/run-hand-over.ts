import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { databaseTime } from '../../platform/database/dialect.js';
import { type Operation, observed } from '../../platform/observability/observers.js';
import { addFacts } from '../../platform/observability/work-facts.js';
import { inTime } from '../../platform/process/in-time.js';
import { MEMBER_SYNC_QUEUE } from '../../platform/queue/queue.module.js';
import { redisProblem } from '../../platform/queue/redis-refusal.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { currentOrigin, type RunOrigin } from './run-origin.js';

/** How long a request for a run waits for the queue, in ms: Bull's `add` waits for the first connection to Redis. */
const QUEUE_TIMEOUT_MS = 500;

/** A job's payload: the id, because the run's row has the rest, and what the log and traces say of the request. */
export interface MemberSyncJob extends RunOrigin {
  runId: number;
}

/** What the queue needs of a run. */
export type HandedOver = Pick<
  MemberSyncRun,
  'id' | 'epoch' | 'integrationId' | 'trigger' | 'queueProblem'
>;

/** Adds runs to the queue. */
@Injectable()
export class RunHandOver {
  private readonly logger = new Logger(RunHandOver.name);

  constructor(
    private readonly dataSource: DataSource,
    @InjectQueue(MEMBER_SYNC_QUEUE) private readonly queue: Queue<MemberSyncJob>,
    private readonly signals: ChangeSignals,
  ) {}

  /** Never fails: without the queue, the run is still queued in the database. */
  tell(run: MemberSyncRun, queue = this.queue): Promise<void> {
    return this.add(run, queue, () => this.remember(run.id));
  }

  /** The same for a run that was inserted as handed over, which saves a statement. */
  tellNew(run: HandedOver): Promise<void> {
    return this.add(run, this.queue, async () => undefined);
  }

  private async add(
    run: HandedOver,
    queue: Queue<MemberSyncJob>,
    remember: () => Promise<void>,
  ): Promise<void> {
    const { id, epoch, integrationId, trigger } = run;
    this.signals.send(integrationId);
    // While a job for this claim waits, Bull ignores a second one with the same id.
    const jobId = `run-${id}-${epoch}`;
    const added = observed(operationOf(run), () =>
      queue.add({ runId: id, ...currentOrigin() }, { jobId }),
    );
    const kept = inTime(added, QUEUE_TIMEOUT_MS).then(
      () => {
        addFacts({ runId: id, integrationId });
        this.logger.log(`Run ${id} is queued`, { runId: id, integrationId, trigger });
        return remember();
      },
      (error: unknown) => this.explain(run, error),
    );
    await kept.catch((error: unknown) =>
      this.logger.warn(`The queue error of run ${id} could not be stored: ${error}`),
    );
  }

  private async remember(id: number): Promise<void> {
    const handedOverAt = () => databaseTime(this.dataSource);
    const told = { handedOverAt, queueProblem: null };
    await this.dataSource.manager.update(MemberSyncRun, { id }, told);
  }

  /** Stores the reason with the run. Logs a reason once, not in every sweep. */
  private async explain(run: HandedOver, error: unknown): Promise<void> {
    const queueProblem = redisProblem(error);
    if (run.queueProblem === queueProblem) return;
    const why = error instanceof Error ? error.message : String(error);
    this.logger.warn(`Run ${run.id} stays queued until the queue accepts it: ${why}`);
    await this.dataSource.manager.update(
      MemberSyncRun,
      { id: run.id },
      { queueProblem, handedOverAt: null },
    );
  }
}

const operationOf = ({ id, integrationId, trigger }: HandedOver): Operation => ({
  kind: 'queue',
  name: 'queue member sync',
  labels: { trigger },
  details: { runId: id, integrationId },
});
