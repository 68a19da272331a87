import { fileURLToPath } from 'node:url';
import mysql from 'mysql2';
import { DataSource, DataSourceOptions, EntitySchema } from 'typeorm';
import { DatabaseConfig } from '../../config/config.js';
import { SnakeNamingStrategy } from './snake-naming.strategy.js';
import { SqliteConnection } from './sqlite-connection.js';
import { isolateTransactions } from './sqlite-gate.js';

/** How long SQLite waits for another process's transaction, in ms. */
const BUSY_TIMEOUT = 10_000;

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
        driver: SqliteConnection,
        prepareDatabase: prepareSqlite,
      }
    : {
        ...common,
        type: 'mysql',
        url: database.url,
        timezone: 'Z',
        charset: 'utf8mb4_bin',
        supportBigNumbers: true,
        connectTimeout: 10_000,
        driver: readCommitted,
      };
}

/** An unopened data source whose transactions are isolated on either database. */
export function createDataSource(options: DataSourceOptions): DataSource {
  const dataSource = new DataSource(options);
  if (options.type === 'better-sqlite3') isolateTransactions(dataSource);
  return dataSource;
}

/**
 * MySQL's driver whose connections read what is committed. TypeORM's own option says so anew in each transaction, which is
 * one statement in seven of a sync.
 */
const readCommitted = {
  ...mysql,
  createPool: (options: mysql.PoolOptions): mysql.Pool => {
    const pool = mysql.createPool(options);
    // What is asked of the connection afterwards waits for it.
    pool.on('connection', (connection) =>
      connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'),
    );
    return pool;
  },
};

/** The busy time-out comes first: switching to WAL takes a lock, and two processes may start at once. */
async function prepareSqlite(connection: SqliteConnection): Promise<void> {
  try {
    await connection.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
    await connection.pragma('journal_mode = WAL');
  } catch (error) {
    // TypeORM forgets a connection that it could not prepare, and its thread would go on for ever.
    await connection.close();
    throw error;
  }
}
