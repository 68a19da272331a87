import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { secondsAgo } from '../../platform/database/dialect.js';
import type { GaugeSource, Reading } from '../../platform/observability/metrics/gauge-source.js';
import { Metrics } from '../../platform/observability/metrics/metrics.js';
import { MemberSyncRun, type RunState, type RunTrigger } from '../runs/member-sync-run.entity.js';

interface Unfinished {
  state: RunState;
  trigger: RunTrigger;
  runs: number | string;
  /** In seconds. */
  requestedAgo: number | string;
  /** In seconds; negative while the lease lasts. */
  leaseEndedAgo: number | string | null;
}

/** The unfinished runs of the database: the same in each process, whichever asks. */
@Injectable()
export class RunGauges implements GaugeSource {
  readonly source = 'runs';
  readonly gauges = [
    {
      name: 'rollcall_unfinished_runs',
      help: 'Runs that are queued, running or waiting.',
      labels: ['state', 'trigger'],
    },
    { name: 'rollcall_queue_depth', help: 'Runs that wait for a worker.' },
    {
      name: 'rollcall_oldest_queued_run_age_seconds',
      help: 'How long ago the oldest queued run was requested; 0 without one.',
    },
    {
      name: 'rollcall_oldest_heartbeat_age_seconds',
      help: 'The longest time since the heartbeat of a running run; 0 without one.',
    },
  ];

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    metrics: Metrics,
  ) {
    metrics.add(this);
  }

  async read(): Promise<Reading[]> {
    const groups = await this.unfinished();
    const queued = groups.filter(({ state }) => state === 'queued');
    const { leaseSeconds } = this.config.sync;
    const beats = groups
      .filter(({ state, leaseEndedAgo }) => state === 'running' && leaseEndedAgo !== null)
      .map(({ leaseEndedAgo }) => leaseSeconds + Number(leaseEndedAgo));
    return [
      ...groups.map(({ state, trigger, runs }) => ({
        name: 'rollcall_unfinished_runs',
        value: Number(runs),
        labels: { state, trigger },
      })),
      { name: 'rollcall_queue_depth', value: sumOf(queued.map(({ runs }) => Number(runs))) },
      {
        name: 'rollcall_oldest_queued_run_age_seconds',
        value: most(queued.map(({ requestedAgo }) => Number(requestedAgo))),
      },
      { name: 'rollcall_oldest_heartbeat_age_seconds', value: most(beats) },
    ];
  }

  private unfinished(): Promise<Unfinished[]> {
    const ago = (column: string) => `MAX(${secondsAgo(this.dataSource, column)})`;
    return this.dataSource
      .createQueryBuilder(MemberSyncRun, 'run')
      .select('run.state', 'state')
      .addSelect('run.trigger_kind', 'trigger')
      .addSelect('COUNT(*)', 'runs')
      .addSelect(ago('run.requested_at'), 'requestedAgo')
      .addSelect(ago('run.leased_until'), 'leaseEndedAgo')
      .where('run.unfinished_integration_id IS NOT NULL')
      .groupBy('run.state')
      .addGroupBy('run.trigger_kind')
      .getRawMany<Unfinished>();
  }
}

const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Clocks may differ a little: never less than 0. */
const most = (values: number[]): number => Math.max(0, ...values);
