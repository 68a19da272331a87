import { DataSource, EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

export type Source = DataSource | EntityManager;

export const isSqlite = (source: Source): boolean =>
  (source instanceof EntityManager ? source.dataSource : source).options.type === 'better-sqlite3';

/**
 * SQL for the database's clock, in UTC with milliseconds, `offset` seconds from now. Leases use it because the clocks
 * of two workers may differ.
 */
export function databaseTime(source: Source, offset = 0): string {
  return isSqlite(source)
    ? `strftime('%Y-%m-%d %H:%M:%f', 'now', '${offset} seconds')`
    : `UTC_TIMESTAMP(3) + INTERVAL ${offset} SECOND`;
}

/** SQL for how many seconds ago a time was, by the database's clock. */
export const secondsAgo = (source: Source, time: string): string =>
  isSqlite(source)
    ? `(julianday('now') - julianday(${time})) * 86400`
    : `TIMESTAMPDIFF(MICROSECOND, ${time}, UTC_TIMESTAMP(6)) / 1000000`;

/** SQL after a table's name. Without it, MySQL may scan all rows in order instead of sorting the matches. */
export const usingIndex = (source: Source, index: string): string =>
  isSqlite(source) ? `INDEXED BY ${index}` : `FORCE INDEX (${index})`;

/** SQL for a join that is read from left to right. */
export const inThisOrder = (source: Source): string =>
  isSqlite(source) ? 'CROSS JOIN' : 'STRAIGHT_JOIN';

const TRANSIENT = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);
const DUPLICATE = new Set([
  'ER_DUP_ENTRY',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

const codeOf = (error: unknown): string => {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code ?? '';
};

/** Whether a row was refused because another has its unique key. */
export const isDuplicate = (error: unknown): boolean => DUPLICATE.has(codeOf(error));

/** Whether the database asks to try the whole transaction again. */
export const isTransient = (error: unknown): boolean => TRANSIENT.has(codeOf(error));

/**
 * MariaDB's ER_CONSTRAINT_FAILED, mostly for text that is not JSON. The driver gives it MySQL's name for the same
 * number.
 */
const CHECK_OF_MARIADB = 'ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE';

const DATA_ERRORS = new Set([
  'ER_BAD_NULL_ERROR',
  'ER_CHECK_CONSTRAINT_VIOLATED',
  'ER_DATA_TOO_LONG',
  'ER_INVALID_JSON_TEXT',
  'ER_TRUNCATED_WRONG_VALUE',
  'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  'ER_WARN_DATA_OUT_OF_RANGE',
  CHECK_OF_MARIADB,
  'SQLITE_MISMATCH',
  'SQLITE_TOOBIG',
]);

/** Whether the database refused a value. A missing parent does not count: its row was deleted. */
export function isDataError(error: unknown): boolean {
  const code = codeOf(error);
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return false;
  return DATA_ERRORS.has(code) || code.startsWith('SQLITE_CONSTRAINT');
}

/** Locks the rows found until the transaction ends. On SQLite, a transaction locks them anyway. */
export const forUpdate = <T extends ObjectLiteral>(
  select: SelectQueryBuilder<T>,
): SelectQueryBuilder<T> =>
  isSqlite(select.dataSource) ? select : select.setLock('pessimistic_write');

const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ER_CONNECTION_KILLED',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
]);

/** Whether the database could not be reached. */
export const isConnectionLost = (error: unknown): boolean => LOST.has(codeOf(error));

const FULL = new Set(['ENOSPC', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL', 'SQLITE_FULL']);

/** Whether the database has no disk space left. Where MariaDB's own files cannot grow, only its message says so. */
export const isDiskFull = (error: unknown): boolean =>
  FULL.has(codeOf(error)) ||
  (codeOf(error).startsWith('ER_') &&
    /\b(errno|errcode|error):? 28\b|no space left on device/i.test((error as Error).message));
