import { fileURLToPath } from 'node:url';
import Sqlite from 'libsql';
import { DataSource, DataSourceOptions, EntitySchema } from 'typeorm';
import { DatabaseConfig } from '../../config/config.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';
import { isolateTransactions } from './sqlite-gate.js';

/** How long SQLite waits for another process's transaction, in ms. */
const BUSY_TIMEOUT = 10_000;

/** Prepared statements kept; one that writes thousands of rows holds some MiB. */
const STATEMENTS = 30;

type Entities = (new () => object)[] | EntitySchema[];

/** The options for a configured database; migrations are read from the build, never from `synchronize`. */
export function dataSourceOptions(database: DatabaseConfig, entities: Entities): DataSourceOptions {
  const common = {
    entities,
    migrations: [fileURLToPath(new URL('../../../dist/migrations/*.js', import.meta.url))],
    migrationsTableName: 'migrations',
    namingStrategy: new SnakeNamingStrategy(),
  };
  return database.type === 'sqlite'
    ? {
        ...common,
        type: 'better-sqlite3',
        database: database.path,
        driver: Sqlite,
        prepareDatabase: prepareSqlite,
        statementCacheSize: STATEMENTS,
      }
    : {
        ...common,
        type: 'mysql',
        url: database.url,
        timezone: 'Z',
        charset: 'utf8mb4_bin',
        supportBigNumbers: true,
        connectTimeout: 10_000,
        isolationLevel: 'READ COMMITTED',
      };
}

/** An unopened data source whose transactions are isolated on either database. */
export function createDataSource(options: DataSourceOptions): DataSource {
  const dataSource = new DataSource(options);
  if (options.type === 'better-sqlite3') isolateTransactions(dataSource);
  return dataSource;
}

/** The busy time-out comes first: switching to WAL takes a lock, and two processes may start at once. */
function prepareSqlite(connection: { pragma(source: string): unknown }): void {
  connection.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  connection.pragma('journal_mode = WAL');
}
