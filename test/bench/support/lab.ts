import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MariaDb } from '../../support/servers/mariadb.js';
import { createDatabase, withConnection } from '../../support/servers/mysql-database.js';
import { Redis } from '../../support/servers/redis.js';
import { Github, type Latency } from './github.js';
import type { Environment } from './measured-process.js';
import { rollcall } from './rollcall.js';

/** The two ways to run. */
export type Way = 'embedded' | 'MariaDB with Bull';

export const ways: readonly Way[] = ['embedded', 'MariaDB with Bull'];

/** The tests start a small and careless server; this one has what MariaDB has where nobody sets it. */
const MARIADB_DEFAULTS = [
  'innodb_buffer_pool_size = 134217728',
  'innodb_log_file_size = 100663296',
  'innodb_flush_log_at_trx_commit = 1',
];

/** What all rows work with: GitHubs of several sizes, a MariaDB, a Redis, and a folder that goes when the bench ends. */
export class Lab {
  private readonly githubs = new Map<number, Promise<Github>>();
  private rooms = 0;

  private constructor(
    private readonly folder: string,
    private readonly mariadb: MariaDb,
    private readonly redis: Redis,
    readonly latency: Latency,
  ) {}

  static async start(latency: Latency): Promise<Lab> {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
    // However it ends; the servers keep their data in it too.
    process.env.TMPDIR = folder;
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const [mariadb, redis] = await Promise.all([MariaDb.start(), Redis.start()]);
    await withConnection(mariadb.url, async (root) => {
      for (const setting of MARIADB_DEFAULTS) await root.query(`SET GLOBAL ${setting}`);
    });
    return new Lab(folder, mariadb, redis, latency);
  }

  /** The root's address, to ask how busy the server was. */
  get mariadbUrl(): string {
    return this.mariadb.url;
  }

  /** People are invented once for each size. */
  github(members: number): Promise<Github> {
    const github = this.githubs.get(members) ?? Github.start(members, this.latency);
    this.githubs.set(members, github);
    return github;
  }

  /** The environment of a Rollcall on an empty database, with a schema where it needs one. */
  async environment(way: Way, { url }: Pick<Github, 'url'>): Promise<Environment> {
    const room = ++this.rooms;
    const common = {
      SECRET_KEY: 'a'.repeat(64),
      API_SYNC_PAUSE_SECONDS: '0',
      ADMIN_PASSWORD: 'correct horse battery',
      PORT: '0',
      GITHUB_API_URL: url,
      // One session asks for as many pages as a hundred people.
      PAGE_REQUESTS_PER_MINUTE: '1000000',
    };
    if (way === 'embedded')
      return { ...common, DATABASE_URL: `sqlite:${join(this.folder, `${room}.sqlite`)}` };
    const DATABASE_URL = await createDatabase(this.mariadb.url, `bench_${room}`);
    const env = { ...common, DATABASE_URL, REDIS_URL: `${this.redis.url}/${room}` };
    await rollcall(['migrate'], env);
    return env;
  }

  async stop(): Promise<void> {
    const githubs = await Promise.all(this.githubs.values());
    await Promise.all(githubs.map((github) => github.stop()));
    await Promise.all([this.mariadb.stop(), this.redis.stop()]);
  }
}
