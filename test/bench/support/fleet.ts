import { setTimeout as delay } from 'node:timers/promises';
import pMap from 'p-map';
import { withConnection } from '../../support/servers/mysql-database.js';
import type { Lab } from './lab.js';
import { type Environment, MeasuredProcess } from './measured-process.js';
import { startRollcall } from './rollcall.js';

export interface FleetOptions {
  organizations: number;
  members: number;
  /** How long GitHub takes for each answer, in ms. */
  latency: number;
  /** Whether all organizations are connected with one token. */
  oneToken: boolean;
}

/** How often the database is asked whether all is done, in ms. */
const EVERY = 100;

/** Many organizations at a GitHub that enforces its limits a minute, connected to a scaled Rollcall without workers. */
export class Fleet {
  private constructor(
    private readonly github: MeasuredProcess,
    private readonly env: Environment,
    private readonly size: number,
  ) {}

  static async start(lab: Lab, { organizations, members, latency, oneToken }: FleetOptions) {
    const args = [organizations, members, latency].map(String);
    const github = new MeasuredProcess('fleet', { args: [...args, oneToken ? 'one token' : ''] });
    const env = await lab.environment('MariaDB with Bull', { url: await github.call('url') });
    const subject = new MeasuredProcess('subject', { env: { ...env, ROLE: 'web' } });
    const fleet = await github.call<{ login: string; token: string }[]>('fleet');
    await pMap(fleet, ({ login, token }) => subject.call('connect', login, token), {
      concurrency: 4,
    });
    await subject.call('close');
    await subject.end();
    return new Fleet(github, env, organizations);
  }

  /** All organizations are due at once, for so many workers. Returns the time until the last run ends, in ms. */
  async sync(workers: number): Promise<number> {
    const before = await this.ended();
    const env = { ...this.env, SWEEP_SECONDS: '1' };
    const processes = Array.from({ length: workers }, () => startRollcall(['worker'], env));
    await Promise.all(processes.map((one) => one.waitForLine(/worker is ready/)));
    const started = performance.now();
    await this.query(
      "UPDATE github_integrations SET schedule_kind = 'weekly', next_sync_at = NOW(3)",
    );
    while ((await this.ended()) < before + this.size) await delay(EVERY);
    const took = performance.now() - started;
    for (const one of processes) one.signal('SIGTERM');
    await Promise.all(processes.map(({ exited }) => exited));
    return took;
  }

  /** How many runs did not end as complete. */
  async lost(): Promise<number> {
    return this.count("SELECT COUNT(*) AS n FROM member_sync_runs WHERE state <> 'complete'");
  }

  /** How many requests GitHub refused by a limit on bursts. */
  refused(): Promise<number> {
    return this.github.call('refused');
  }

  async stop(): Promise<void> {
    await this.github.end();
  }

  private ended(): Promise<number> {
    return this.count('SELECT COUNT(*) AS n FROM member_sync_runs WHERE finished_at IS NOT NULL');
  }

  private async count(sql: string): Promise<number> {
    const [row] = (await this.query(sql)) as { n: number }[];
    return Number(row?.n);
  }

  private query(sql: string): Promise<unknown> {
    return withConnection(this.env.DATABASE_URL ?? '', async (connection) => {
      const [rows] = await connection.query(sql);
      return rows;
    });
  }
}
