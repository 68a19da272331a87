import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'libsql';
import { DataSource } from 'typeorm';
import { DatabaseConfig } from '../../config/config.js';

/** How long a process waits for another that is migrating, in seconds. */
const PATIENCE = 120;

/** Brings the schema up to date, once, however many processes ask at the same time. Returns the names of what ran. */
export async function migrate(dataSource: DataSource, database: DatabaseConfig): Promise<string[]> {
  const run = async () => {
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map(({ name }) => name);
  };
  return database.type === 'mysql'
    ? underServerLock(dataSource, run)
    : underFileLock(`${database.path}.migrating`, run);
}

/** Whether the schema is older than this build. */
export const isOutdated = (dataSource: DataSource): Promise<boolean> => dataSource.showMigrations();

/** A lock that the operating system frees when its holder dies: an exclusive transaction on a database of its own. */
async function underFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = new Sqlite(path);
  try {
    await begin(lock);
    return await work().finally(() => lock.exec('COMMIT'));
  } finally {
    lock.close();
  }
}

/** Waits between tries rather than within SQLite, which would hold up the whole process. */
async function begin(lock: Sqlite.Database): Promise<void> {
  for (const started = performance.now(); ; await delay(50)) {
    try {
      return void lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
      if (performance.now() - started > PATIENCE * 1000) throw stillMigrating(error);
    }
  }
}

async function underServerLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const name = "CONCAT('rollcall-migrate-', DATABASE())";
    const [row] = await runner.query(`SELECT GET_LOCK(${name}, ${PATIENCE}) AS held`);
    if (Number(row.held) !== 1) throw stillMigrating();
    return await work().finally(() => runner.query(`SELECT RELEASE_LOCK(${name})`));
  } finally {
    await runner.release();
  }
}

const stillMigrating = (cause?: unknown) =>
  new Error(
    `Another process has been migrating the database for ${PATIENCE} s. Try again when it is done.`,
    {
      cause,
    },
  );
