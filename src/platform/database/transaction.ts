import pLimit, { type LimitFunction } from 'p-limit';
import { DataSource, EntityManager } from 'typeorm';
import { observed } from '../observability/observers.js';
import { isSqlite, isTransient } from './dialect.js';
import { marked, snapshotRunner } from './sqlite-gate.js';

const MAX_TRIES = 5;

/**
 * Runs `work` in a transaction, and retries it after a deadlock or where the database was busy. So `work` may only
 * touch the database, and only through the given manager.
 * @param ofOneMoment whether everything that it reads is as it was at one moment; SQLite's transactions always read so
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  { ofOneMoment = false } = {},
): Promise<T> {
  const within = isSqlite(dataSource) ? marked(work) : work;
  const operation = { kind: 'transaction', name: 'database transaction', labels: {} } as const;
  return observed(operation, async () => {
    for (let left = MAX_TRIES - 1; ; left--) {
      try {
        return await (ofOneMoment && !isSqlite(dataSource)
          ? dataSource.transaction('REPEATABLE READ', within)
          : dataSource.transaction(within));
      } catch (error) {
        if (left === 0 || !isTransient(error)) throw error;
      }
    }
  });
}

/** The most snapshots at once in one process; each takes a connection of MySQL's pool, which has ten. */
const MAX_SNAPSHOTS = 3;

const turns = new WeakMap<DataSource, LimitFunction>();

/**
 * Runs `work`, which only reads, on what was committed at one moment. The number of snapshots is limited, which leaves
 * connections to others: keep each short.
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
