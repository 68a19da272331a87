import { setTimeout as delay } from 'node:timers/promises';
import type Sqlite from 'libsql';
import { DataSource, MigrationExecutor } from 'typeorm';
import type { DatabaseConfig } from '../../config/database-config.js';
import { createPrivateFile } from '../private-files.js';
import { DatabaseUnusable } from './database-unusable.js';

/** How long a process waits for another process's migration, in seconds. */
const LOCK_TIMEOUT_SECONDS = 120;

/**
 * Migrates the schema once, even if several processes ask at the same time. Returns the names of the executed
 * migrations.
 * @throws DatabaseUnusable where a newer build made the schema
 */
export async function migrate(dataSource: DataSource, database: DatabaseConfig): Promise<string[]> {
  const run = async () => {
    await isOutdated(dataSource);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map(({ name }) => name);
  };
  return database.type === 'mysql'
    ? underServerLock(dataSource, run)
    : underFileLock(`${database.path}.migrating`, run);
}

/** Whether the schema is older than this build. @throws DatabaseUnusable if a newer build made it */
export async function isOutdated(dataSource: DataSource): Promise<boolean> {
  const known = dataSource.migrations.map((migration) => migration.constructor.name);
  const executed = await new MigrationExecutor(dataSource).getExecutedMigrations();
  const unknown = executed.map(({ name }) => name).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new DatabaseUnusable(
      `The database was made by a newer build: it has ${newest(unknown)}, and this build knows only up to ${newest(known)}. Use the newer build.`,
    );
  return executed.length < known.length;
}

/** The names of migrations end with a time, in ms. */
const newest = (names: string[]): string =>
  names.reduce((one, other) => (other.slice(-13) > one.slice(-13) ? other : one));

/** A lock that the operating system frees when its holder dies: an exclusive transaction on a separate SQLite file. */
async function underFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await createPrivateFile(path);
  // Loaded only here: most starts have nothing to migrate, and a thread of its own holds the connection.
  const { default: Database } = await import('libsql');
  const lock = new Database(path);
  try {
    await begin(lock);
    return await work().finally(() => lock.exec('COMMIT'));
  } finally {
    lock.close();
  }
}

/** Waits between tries, not within SQLite, which would block the whole process. */
async function begin(lock: Sqlite.Database): Promise<void> {
  for (const started = performance.now(); ; await delay(50)) {
    try {
      return void lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
      if (performance.now() - started > LOCK_TIMEOUT_SECONDS * 1000) throw stillMigrating(error);
    }
  }
}

async function underServerLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const name = "CONCAT('rollcall-migrate-', DATABASE())";
    const [row] = await runner.query(`SELECT GET_LOCK(${name}, ${LOCK_TIMEOUT_SECONDS}) AS held`);
    if (Number(row.held) !== 1) throw stillMigrating();
    return await work().finally(() => runner.query(`SELECT RELEASE_LOCK(${name})`));
  } finally {
    await runner.release();
  }
}

const stillMigrating = (cause?: unknown) =>
  new Error(
    `Another process has been migrating the database for ${LOCK_TIMEOUT_SECONDS} s. Try again when it is done.`,
    {
      cause,
    },
  );
