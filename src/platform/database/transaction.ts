import { DataSource, EntityManager } from 'typeorm';
import { isTransient } from './dialect.js';

const TRIES = 5;

/**
 * Runs `work` in a transaction, and again where the database chose it as the victim of a deadlock or was busy: `work` must
 * therefore touch nothing but the database.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      if (left === 0 || !isTransient(error)) throw error;
    }
  }
}
