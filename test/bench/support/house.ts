import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'libsql';
import type { Child } from '../../support/servers/child.js';
import { withConnection } from '../../support/servers/mysql-database.js';
import { WebClient } from '../../support/web-client.js';
import { type FilledParts, fillParts } from './fill-parts.js';
import type { Github } from './github.js';
import type { Lab, Way } from './lab.js';
import type { Environment } from './measured-process.js';
import { rollcall, startRollcall } from './rollcall.js';

export interface Run {
  id: number;
  state: string;
  scope: string;
  finishedAt: string | null;
  github: { requests: number };
}

/** One request. */
export interface Visit {
  path: string;
  method?: string;
}

/** How often a run is looked at, in ms. */
const EVERY = 100;

/** The same where the moment of its end is measured. */
const OFTEN = 25;

/** Written at once, so that no write of Rollcall waits for more than the 10 s after which it fails. */
const AUDIT_ENTRIES_AT_ONCE = 100_000;

/** Of `/proc` on Linux. */
const TICKS_PER_SECOND = 100;

/** Rollcall as an operator starts it: one process embedded, else a web and a worker. `acme` is connected. */
export class House {
  private constructor(
    private readonly processes: Child[],
    private readonly env: Environment,
    readonly url: string,
    readonly apiToken: string,
    private readonly integrationId: number,
    private readonly exhaust: () => Promise<void>,
  ) {}

  /** @param more variables beside those of the lab */
  static async start(lab: Lab, way: Way, github: Github, more: Environment = {}): Promise<House> {
    const env = { ...(await lab.environment(way, github)), ...more };
    const token = await github.newToken();
    const connected = await rollcall(['connect', 'acme', '--token-stdin', '--json'], env, token);
    const made = await rollcall(['token', 'bench', '--json'], env);
    const roles = way === 'embedded' ? ['all'] : ['web', 'worker'];
    const processes = roles.map((role) => startRollcall(['serve'], { ...env, ROLE: role }));
    const [, url = ''] = (await processes[0]?.waitForLine(/is ready on (http\S+)$/)) ?? [];
    await processes[1]?.waitForLine(/worker is ready/);
    const { id } = JSON.parse(connected).integration;
    const exhaust = () => github.exhaust(token);
    return new House(processes, env, url, JSON.parse(made).token.value, id, exhaust);
  }

  /** The pages of the organization, as a path. */
  get pages(): string {
    return `/integrations/github/${this.integrationId}`;
  }

  get members(): string {
    return `${this.pages}/members`;
  }

  /** The stream of its open pages, as a path. */
  get events(): string {
    return `${this.pages}/events`;
  }

  async signIn(email = 'admin@localhost'): Promise<WebClient> {
    const browser = new WebClient(this.url);
    const password = this.env.ADMIN_PASSWORD ?? '';
    const { status, text } = await browser.post('/sign-in', { email, password });
    if (status >= 400) throw new Error(`The sign-in was answered with ${status}: ${text}`);
    return browser;
  }

  /** So many members of the team, with the admin's password. */
  async signInUsers(users: number): Promise<WebClient[]> {
    const browsers: WebClient[] = [];
    for (let i = 0; i < users; i++) {
      const email = `user-${i}@example.org`;
      await this.query(`INSERT INTO users (email, password_hash, created_at)
        SELECT '${email}', password_hash, created_at FROM users WHERE email = 'admin@localhost'`);
      await this.query(`INSERT INTO memberships (user_id, team_id, role, created_at)
        SELECT id, 1, 'member', created_at FROM users WHERE email = '${email}'`);
      browsers.push(await this.signIn(email));
    }
    return browsers;
  }

  /** Of the process that answers requests. */
  async cpuSeconds(): Promise<number> {
    const [, fields = ''] = (await readFile(this.proc('stat'), 'utf8')).split(') ');
    const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
    return (user + system) / TICKS_PER_SECOND;
  }

  /** How often the process that answers requests has waited for a connection: once a statement or transaction. */
  async statements(metricsToken: string): Promise<number> {
    const headers = { authorization: `Bearer ${metricsToken}` };
    const text = await (await fetch(`${this.url}/metrics`, { headers })).text();
    const counts = text.matchAll(/^rollcall_(?:sqlite|mysql_pool)_wait_seconds_count\S* (\d+)$/gm);
    return [...counts].reduce((sum, [, waits]) => sum + Number(waits), 0);
  }

  /** GitHub allows nothing more for an hour, so that a sync waits. */
  exhaustLimits(): Promise<void> {
    return this.exhaust();
  }

  /** Syncs, where that was not done before. @throws Error where it fails */
  async haveSynced(): Promise<void> {
    const { items } = await this.api<{ items: Run[] }>(`${this.integration}/member-syncs`);
    let run = items[0] ?? (await this.requestSync());
    for (; !run.finishedAt; run = await this.run(run.id)) await delay(EVERY);
    if (run.state !== 'complete') throw new Error(`The sync ended as ${run.state}.`);
  }

  requestSync(): Promise<Run> {
    return this.api(`${this.integration}/member-syncs`, 'POST');
  }

  /** The newest run of a scope, once it is finished and newer than another. */
  async nextRun(after: number): Promise<Run> {
    for (;;) {
      const { items } = await this.api<{ items: Run[] }>(
        `${this.integration}/member-syncs?limit=1`,
      );
      const [run] = items;
      if (run && run.id > after && run.finishedAt) return run;
      await delay(OFTEN);
    }
  }

  async runs(): Promise<Run[]> {
    return (await this.api<{ items: Run[] }>(`${this.integration}/member-syncs?limit=100`)).items;
  }

  /** Where deliveries go, and what signs them. */
  async webhook(): Promise<{ url: string; secret: string }> {
    const { url } = await this.api<{ url: string }>(`${this.integration}/webhook`);
    const { secret } = await this.api<{ secret: string }>(
      `${this.integration}/webhook/secret`,
      'POST',
    );
    return { url, secret };
  }

  run(id: number): Promise<Run> {
    return this.api(`/member-syncs/${id}`);
  }

  get integration(): string {
    return `/integrations/${this.integrationId}`;
  }

  /** Waits until a run has handled every delivery. */
  async haveHandled(): Promise<void> {
    while ((await this.query('SELECT id AS github_id FROM hints')).length > 0) await delay(EVERY);
  }

  /** GitHub's ids of the active members, straight from the table. */
  async activeIds(): Promise<number[]> {
    const select = "SELECT github_id FROM members WHERE status = 'active'";
    const rows = await this.query(select);
    return rows.map(({ github_id }) => Number(github_id));
  }

  /** Of the process that answers requests: the most memory that it had since `forgetPeak`. */
  async peakMiB(): Promise<number> {
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(await readFile(this.proc('status'), 'utf8')) ?? [];
    return Number(kib) / 1024;
  }

  forgetPeak(): Promise<void> {
    return writeFile(this.proc('clear_refs'), '5');
  }

  private proc(file: string): string {
    return `/proc/${this.processes[0]?.pid}/${file}`;
  }

  /**
   * As if a run had found something new of everybody a second after `moment`: a third had left before, the others had no
   * two-factor authentication.
   */
  async changeEverybody(moment: Date): Promise<void> {
    const at = new Date(moment.getTime() + 1_000).toISOString().slice(0, -1).replace('T', ' ');
    await this.query(`INSERT INTO member_changes
      (integration_id, github_id, login, kind, values_before, values_after, made_at)
      SELECT integration_id, github_id, login,
        CASE WHEN id % 3 = 0 THEN 'returned' ELSE 'profile' END,
        CASE WHEN id % 3 = 0 THEN '{"status":"left","present":false}' ELSE '{"twoFactorEnabled":false}' END,
        '{}', '${at}' FROM members`);
  }

  /** As if a thousand people had disabled as many members each, a million entries in all, a minute apart. */
  async fillAuditLog(entries: number): Promise<void> {
    for (let from = 1; from <= entries; from += AUDIT_ENTRIES_AT_ONCE) {
      await this.addAuditEntries(from, Math.min(entries, from + AUDIT_ENTRIES_AT_ONCE - 1));
      // SQLite held up this process: connections that the server closed meanwhile must be noticed first.
      await delay(EVERY);
    }
  }

  private async addAuditEntries(from: number, to: number): Promise<void> {
    const isMysql = this.env.DATABASE_URL?.startsWith('mysql:');
    const numbers = isMysql
      ? `(SELECT seq AS n FROM seq_${from}_to_${to}) numbers`
      : `(WITH RECURSIVE r(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM r WHERE n < ${to}) SELECT n FROM r) numbers`;
    const at = isMysql
      ? "DATE_SUB('2026-01-01', INTERVAL n MINUTE)"
      : "strftime('%Y-%m-%d %H:%M:%f', '2026-01-01', '-' || n || ' minutes')";
    const actor = isMysql
      ? "CONCAT('user', n % 1000, '@example.com')"
      : "'user' || (n % 1000) || '@example.com'";
    await this.query(`INSERT INTO audit_entries
      (team_id, number, at, actor_kind, actor_name, action, subject, address, hash)
      SELECT 1, 1000000 + n, ${at}, 'user', ${actor},
        CASE n % 3 WHEN 0 THEN 'member.disable' WHEN 1 THEN 'member.enable' ELSE 'sync.request' END,
        'somebody of acme', '203.0.113.7', '${'0'.repeat(64)}' FROM ${numbers}`);
  }

  /** Teams and outside collaborators, without a sync. */
  async fillParts(): Promise<FilledParts> {
    const filled = await fillParts((sql) => this.query(sql));
    await delay(EVERY);
    return filled;
  }

  async stop(): Promise<void> {
    for (const child of this.processes) child.signal('SIGTERM');
    await Promise.all(this.processes.map(({ exited }) => exited));
  }

  private async api<T>(path: string, method = 'GET'): Promise<T> {
    const headers = { authorization: `Bearer ${this.apiToken}` };
    const answer = await fetch(`${this.url}/api/v1${path}`, { method, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<T>;
  }

  private async query(sql: string): Promise<{ github_id: number | string }[]> {
    const url = this.env.DATABASE_URL ?? '';
    if (url.startsWith('mysql:'))
      return withConnection(url, async (connection) => (await connection.query(sql))[0] as never);
    const database = new Sqlite(url.slice('sqlite:'.length));
    const statement = database.prepare(sql);
    const rows = statement.reader ? statement.all() : [statement.run()].slice(1);
    database.close();
    return rows as { github_id: number }[];
  }
}
