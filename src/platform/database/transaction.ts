import pLimit, { type LimitFunction } from 'p-limit';
import { DataSource, EntityManager } from 'typeorm';
import { isSqlite, isTransient } from './dialect.js';
import { marked, snapshotRunner } from './sqlite-gate.js';

const MAX_TRIES = 5;

/**
 * Runs `work` in a transaction, and again where the database chose it as the victim of a deadlock or was busy: `work` must
 * therefore touch nothing but the database, and that through the given manager only.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const within = isSqlite(dataSource) ? marked(work) : work;
  for (let left = MAX_TRIES - 1; ; left--) {
    try {
      return await dataSource.transaction(within);
    } catch (error) {
      if (left === 0 || !isTransient(error)) throw error;
    }
  }
}

/** Snapshots that are read at once in one process; each takes a connection of MySQL's pool, which has ten. */
const MAX_SNAPSHOTS = 3;

const turns = new WeakMap<DataSource, LimitFunction>();

/**
 * Runs `work`, which only reads, on what was committed at one moment. Snapshots take turns, and leave connections to
 * others: keep each of them short.
 */
export async function inSnapshot<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  if (isSqlite(dataSource)) return inSqliteSnapshot(dataSource, work);
  const turn = turns.get(dataSource) ?? pLimit(MAX_SNAPSHOTS);
  turns.set(dataSource, turn);
  return turn(() => dataSource.transaction('REPEATABLE READ', work));
}

async function inSqliteSnapshot<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = snapshotRunner(dataSource);
  try {
    return await runner.manager.transaction(marked(work));
  } finally {
    await runner.release();
  }
}
