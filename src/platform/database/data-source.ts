import { connect, isIP, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DataSource, DataSourceOptions, EntitySchema } from 'typeorm';
import type { DatabaseConfig, MysqlConfig } from '../../config/database-config.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';
import { SqliteConnection } from './sqlite-connection.js';
import { isolateTransactions } from './sqlite-gate.js';

/** How long SQLite waits for another process's transaction, in ms. */
const BUSY_TIMEOUT_MS = 10_000;

type Entities = (new () => object)[] | EntitySchema[];

/** The options for a configured database. The schema comes from the build's migrations, never from `synchronize`. */
export async function dataSourceOptions(
  database: DatabaseConfig,
  entities: Entities,
): Promise<DataSourceOptions> {
  const common = {
    entities,
    migrations: [fileURLToPath(new URL('../../../dist/bundle/migrations.js', import.meta.url))],
    migrationsTableName: 'migrations',
    namingStrategy: new SnakeNamingStrategy(),
  };
  return database.type === 'sqlite'
    ? {
        ...common,
        type: 'better-sqlite3',
        database: database.path,
        driver: SqliteConnection,
        prepareDatabase: prepareSqlite,
      }
    : {
        ...common,
        type: 'mysql',
        host: database.host,
        port: database.port,
        username: database.username,
        password: database.password,
        database: database.database,
        ssl: sslOf(database),
        extra: isIP(database.host) ? { stream: () => streamTo(database) } : undefined,
        timezone: 'Z',
        charset: 'utf8mb4_bin',
        supportBigNumbers: true,
        connectTimeout: 10_000,
        // Loaded only where it is used.
        driver: (await import('./mysql-driver.js')).mysqlDriver,
      };
}

/** An unopened data source whose transactions are isolated on either database. */
export function createDataSource(options: DataSourceOptions): DataSource {
  const dataSource = new DataSource(options);
  if (options.type === 'better-sqlite3')
    isolateTransactions(dataSource, () => openReader(String(options.database)));
  return dataSource;
}

/** mysql2's options to verify the server's certificate. */
const sslOf = ({ tls }: MysqlConfig) =>
  tls && {
    ca: tls.ca,
    rejectUnauthorized: tls.verify !== 'nothing',
    verifyIdentity: tls.verify === 'identity',
  };

/**
 * A connection that gives TLS its host. mysql2 does so for names only; without it, Node.js verifies an IP address as
 * `localhost`.
 */
const streamTo = ({ host, port }: MysqlConfig): Socket =>
  Object.assign(connect({ host, port, noDelay: true, keepAlive: true }), { _host: host });

/** The busy time-out comes first: switching to WAL takes a lock, and two processes may start at once. */
const prepareSqlite = (connection: SqliteConnection): Promise<void> =>
  prepare(connection, `busy_timeout = ${BUSY_TIMEOUT_MS}`, 'journal_mode = WAL');

/** A connection that cannot write. */
async function openReader(path: string): Promise<SqliteConnection> {
  const connection = new SqliteConnection(path);
  await prepare(connection, `busy_timeout = ${BUSY_TIMEOUT_MS}`, 'query_only = ON');
  return connection;
}

async function prepare(connection: SqliteConnection, ...pragmas: string[]): Promise<void> {
  try {
    for (const pragma of pragmas) await connection.pragma(pragma);
  } catch (error) {
    // Otherwise the thread of a connection that failed here would never end.
    await connection.close();
    throw error;
  }
}
