import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import {
  type Labels,
  type Measurement,
  type Observer,
  type Operation,
  secondsSince,
} from '../observers.js';
import type { GaugeSource, Reading } from './gauge-source.js';

/** In seconds. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RUN_BUCKETS = [1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200];
const WAIT_BUCKETS = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** The metrics of this process, in the form of Prometheus. */
export class Prometheus implements Observer {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  private readonly registry = new Registry();
  private readonly registers = [this.registry];

  private readonly httpRequests = this.counter(
    'rollcall_http_requests_total',
    'HTTP requests that ended.',
    ['method', 'route', 'status'],
  );
  private readonly httpSeconds = this.histogram(
    'rollcall_http_request_duration_seconds',
    'The time from a request to the end of its answer.',
    ['method', 'route'],
    REQUEST_BUCKETS,
  );
  private readonly githubRequests = this.counter(
    'rollcall_github_requests_total',
    "Requests to GitHub; the status is 'none' where no answer came.",
    ['method', 'route', 'status'],
  );
  private readonly githubSeconds = this.histogram(
    'rollcall_github_request_duration_seconds',
    'The time that GitHub took to answer.',
    ['method', 'route'],
    REQUEST_BUCKETS,
  );
  private readonly githubWaits = this.counter(
    'rollcall_github_waits_total',
    'How often a run had to wait for a limit of GitHub.',
    ['reason'],
  );
  private readonly githubWaitSeconds = this.counter(
    'rollcall_github_wait_seconds_total',
    'How long runs were told to wait for limits of GitHub.',
    ['reason'],
  );
  private readonly runs = this.counter('rollcall_runs_total', 'Runs that ended.', [
    'state',
    'trigger',
  ]);
  private readonly runSeconds = this.histogram(
    'rollcall_run_duration_seconds',
    'The time from the start of a run to its end, waits included.',
    ['state', 'trigger'],
    RUN_BUCKETS,
  );
  private readonly people = this.counter(
    'rollcall_people_changed_total',
    'Changes of people that ended runs made.',
    ['kind'],
  );
  private readonly transactions = this.histogram(
    'rollcall_database_transaction_duration_seconds',
    'The time of a database transaction, with its wait for the connection.',
    [],
    WAIT_BUCKETS,
  );
  private readonly sqliteWaits = this.histogram(
    'rollcall_sqlite_wait_seconds',
    "The wait for SQLite's one connection.",
    [],
    WAIT_BUCKETS,
  );
  private readonly mysqlWaits = this.histogram(
    'rollcall_mysql_pool_wait_seconds',
    'The wait for a connection of the pool to MySQL or MariaDB.',
    [],
    WAIT_BUCKETS,
  );
  private readonly failures = this.counter(
    'rollcall_metrics_failures_total',
    'How often values could not be read for the metrics.',
    ['source'],
  );
  private readonly gauges = new Map<string, Gauge>();

  constructor(version: string) {
    collectDefaultMetrics({ register: this.registry, prefix: 'rollcall_' });
    const info = { name: 'rollcall_build_info', help: 'The version.', labelNames: ['version'] };
    new Gauge({ ...info, registers: this.registers }).set({ version }, 1);
  }

  readonly operation = async <T>(operation: Operation, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.took(operation, secondsSince(start));
    }
  };

  readonly measurement = ({ name, value, labels }: Measurement): void => {
    if (name === 'run_ended') {
      this.runs.inc(labels);
      this.runSeconds.observe(labels, value);
    } else if (name === 'people_changed') this.people.inc(labels, value);
    else if (name === 'github_wait') {
      this.githubWaits.inc(labels);
      this.githubWaitSeconds.inc(labels, value);
    } else if (name === 'sqlite_wait') this.sqliteWaits.observe(value);
    else this.mysqlWaits.observe(value);
  };

  declare({ gauges }: GaugeSource): void {
    for (const { name, help, labels = [] } of gauges) {
      const options = { name, help, labelNames: labels, registers: this.registers };
      this.gauges.set(name, new Gauge(options));
    }
  }

  /** Replaces the values of a source; without readings, it has none. */
  set({ gauges }: GaugeSource, readings: Reading[]): void {
    for (const { name } of gauges) this.gauges.get(name)?.reset();
    for (const { name, value, labels = {} } of readings) this.gauges.get(name)?.set(labels, value);
  }

  /** A value that cannot be read has none: 0 would be wrong. */
  failed(source: GaugeSource): void {
    this.failures.inc({ source: source.source });
    for (const { name, labels = [] } of source.gauges) {
      const gauge = this.gauges.get(name);
      gauge?.reset();
      // Without labels, a reset is a value of 0.
      if (labels.length === 0) gauge?.remove();
    }
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private took({ kind, labels }: Operation, seconds: number): void {
    if (kind === 'transaction') this.transactions.observe(seconds);
    if (kind !== 'http' && kind !== 'github') return;
    const [requests, times] =
      kind === 'http'
        ? [this.httpRequests, this.httpSeconds]
        : [this.githubRequests, this.githubSeconds];
    requests.inc(labels);
    times.observe(without(labels, 'status'), seconds);
  }

  private counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: this.registers });
  }

  private histogram(name: string, help: string, labelNames: string[], buckets: number[]) {
    return new Histogram({ name, help, labelNames, buckets, registers: this.registers });
  }
}

function without(labels: Labels, name: string): Labels {
  const { [name]: _, ...others } = labels;
  return others;
}
