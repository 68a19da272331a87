import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'libsql';

/** A statement and its values to bind. */
export interface Question {
  sql: string;
  values: unknown[];
}

/** The rows of a statement that returns rows, or the effect of another one, or SQLite's error. */
export type Answer =
  | { rows: object[] }
  | { changes: number; lastInsertRowid: number }
  | { error: { name: string; message: string; code?: string } };

/** The most prepared statements kept: one that writes thousands of rows takes some MiB. */
const MAX_CACHED_STATEMENTS = 30;

const statements = new Map<string, Sqlite.Statement>();
let database: Sqlite.Database | undefined;
let isClosed = false;

parentPort?.on('message', (question: Question | 'close') => {
  if (question === 'close') return close();
  parentPort?.postMessage(answer(question));
});

function answer({ sql, values }: Question): Answer {
  try {
    // The driver ends the process where a closed database is asked about its transaction.
    if (isClosed) throw new Error('The connection to SQLite is closed.');
    database ??= new Sqlite(workerData);
    const { inTransaction } = database;
    if (sql.startsWith('BEGIN')) return begin(database, sql);
    const run = (open: Sqlite.Database) => execute(open, sql, values);
    return isWrite(sql) && !inTransaction ? alone(database, run) : run(database);
  } catch (error) {
    // An error loses its code between threads. An error from opening a file has none.
    const { name, message, code } = error as Error & { code?: string };
    return { error: { name, message, code: code || undefined } };
  }
}

/**
 * In a transaction of its own. A prepared statement that finds the database locked stays open in the driver; with the
 * next read it would keep its view of the database, and all later writes would fail. So only BEGIN may find that.
 */
function alone(database: Sqlite.Database, write: (open: Sqlite.Database) => Answer): Answer {
  begin(database, 'BEGIN IMMEDIATE');
  try {
    const written = write(database);
    database.exec('COMMIT');
    return written;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Leaves no prepared statement. */
function begin(database: Sqlite.Database, sql: string): Answer {
  database.exec(sql);
  return { changes: 0, lastInsertRowid: 0 };
}

const isWrite = (sql: string): boolean => /^\s*(INSERT|UPDATE|DELETE|REPLACE)\b/i.test(sql);

function execute(database: Sqlite.Database, sql: string, values: unknown[]): Answer {
  const statement = prepared(database, sql);
  const bound = values.map(asBound);
  // As one array: the driver would take a single null for an object of named values.
  if (statement.reader) return { rows: statement.all(bound) as object[] };
  const { changes, lastInsertRowid } = statement.run(bound);
  return { changes, lastInsertRowid: Number(lastInsertRowid) };
}

function prepared(database: Sqlite.Database, sql: string): Sqlite.Statement {
  const statement = statements.get(sql) ?? database.prepare(sql);
  statements.set(sql, statement);
  for (const oldest of statements.keys()) {
    if (statements.size <= MAX_CACHED_STATEMENTS) break;
    statements.delete(oldest);
  }
  return statement;
}

/** SQLite checkpoints the log (WAL) into the database file when the last connection closes. */
function close(): void {
  isClosed = true;
  database?.close();
  parentPort?.close();
}

/** A Buffer arrives as Uint8Array, which the driver does not take. */
const asBound = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : value;
