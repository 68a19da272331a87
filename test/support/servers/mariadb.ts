import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child.js';
import { freePort } from './free-port.js';
import { createDatabase } from './mysql-database.js';
import { ServerProcess, serverPath } from './server-process.js';

// MariaDB refuses root without being told, and knows no other user that we may become.
const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
// --no-defaults comes first by its own rule, and keeps the machine's configuration (utf8mb4) out.
const common = (folder: string) => [
  '--no-defaults',
  `--datadir=${join(folder, 'data')}`,
  '--innodb-log-file-size=8M',
  ...asRoot,
];

/** A MariaDB of one's own on a loopback port, with a bare server's defaults: latin1, system time zone. */
export class MariaDb {
  private constructor(
    /** The address of root, without a database. */
    readonly url: string,
    private readonly folder: string,
    private readonly server: ServerProcess,
  ) {}

  /** @param options of the server, beside those that every test server has */
  static async start(options: string[] = []): Promise<MariaDb> {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-mariadb-'));
    const port = await freePort();
    await initialise(folder);
    const server = new ServerProcess(
      [...command(folder, port), ...options],
      /ready for connections/,
    );
    await server.start();
    return new MariaDb(`mysql://root@127.0.0.1:${port}`, folder, server);
  }

  /** Makes an empty database and returns the address of a user who owns that one and no other. */
  createDatabase(name?: string): Promise<string> {
    return createDatabase(this.url, name);
  }

  /** Ends the server as an operator would, and starts it again on its port and data. */
  restart(): Promise<void> {
    return this.server.restart();
  }

  /** Ends the server as a crash would. `restart` brings it back. */
  kill(): Promise<void> {
    return this.server.end('SIGKILL');
  }

  /** Ends the server and removes its data. */
  async stop(): Promise<void> {
    await this.server.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function initialise(folder: string): Promise<void> {
  const install = new Child(
    [
      'mariadb-install-db',
      ...common(folder),
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    { env: { ...process.env, PATH: serverPath } },
  );
  const { code } = await install.exited;
  if (code !== 0) throw new Error(`mariadb-install-db failed: ${install.stdout}${install.stderr}`);
}

function command(folder: string, port: number): string[] {
  return [
    'mariadbd',
    ...common(folder),
    `--socket=${join(folder, 'mariadb.sock')}`,
    `--pid-file=${join(folder, 'mariadb.pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    // Commits and tables reach the kernel but not the disk: quick, and a killed server still loses none.
    '--innodb-flush-log-at-trx-commit=2',
    '--innodb-flush-method=nosync',
    '--debug-no-sync',
    '--innodb-buffer-pool-size=32M',
    '--key-buffer-size=1M',
    '--aria-pagecache-buffer-size=1M',
    '--skip-performance-schema',
    '--skip-log-bin',
  ];
}
