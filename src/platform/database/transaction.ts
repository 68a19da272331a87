import { DataSource, EntityManager } from 'typeorm';
import { isSqlite, isTransient } from './dialect.js';
import { marked } from './sqlite-gate.js';

const TRIES = 5;

/**
 * Runs `work` in a transaction, and again where the database chose it as the victim of a deadlock or was busy: `work` must
 * therefore touch nothing but the database, and that through the given manager only.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const within = isSqlite(dataSource) ? marked(work) : work;
  for (let left = TRIES - 1; ; left--) {
    try {
      return await dataSource.transaction(within);
    } catch (error) {
      if (left === 0 || !isTransient(error)) throw error;
    }
  }
}

/** Runs `work`, which only reads, on what was committed at one moment. */
export const inSnapshot = <T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> =>
  isSqlite(dataSource)
    ? inTransaction(dataSource, work)
    : dataSource.transaction('REPEATABLE READ', work);
