import Sqlite from 'libsql';
import { DataSource } from 'typeorm';
import { DatabaseConfig } from '../../config/config.js';

/** How long a process waits for another that is migrating, in seconds. */
const PATIENCE = 120;

/** Brings the schema up to date, once, however many processes ask at the same time. Returns the names of what ran. */
export async function migrate(dataSource: DataSource, database: DatabaseConfig): Promise<string[]> {
  const run = async () =>
    (await dataSource.runMigrations({ transaction: 'each' })).map(({ name }) => name);
  if (database.type === 'mysql') return underServerLock(dataSource, run);
  if (!(await dataSource.showMigrations())) return [];
  return underFileLock(`${database.path}.migrating`, run);
}

/** Whether the schema is older than this build. */
export const isOutdated = (dataSource: DataSource): Promise<boolean> => dataSource.showMigrations();

/** A lock that the operating system frees when its holder dies: an exclusive transaction on a database of its own. */
async function underFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = new Sqlite(path);
  try {
    lock.pragma(`busy_timeout = ${PATIENCE * 1000}`);
    lock.exec('BEGIN EXCLUSIVE');
    return await work();
  } finally {
    lock.close();
  }
}

async function underServerLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const name = "CONCAT('rollcall-migrate-', DATABASE())";
    const [row] = await runner.query(`SELECT GET_LOCK(${name}, ${PATIENCE}) AS held`);
    if (Number(row.held) !== 1)
      throw new Error(
        `Another process has been migrating the database for ${PATIENCE} s. Try again when it is done.`,
      );
    return await work().finally(() => runner.query(`SELECT RELEASE_LOCK(${name})`));
  } finally {
    await runner.release();
  }
}
