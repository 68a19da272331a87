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

parentPort?.on('message', (question: Question | 'close') => {
  if (question === 'close') return close();
  parentPort?.postMessage(answer(question));
});

function answer({ sql, values }: Question): Answer {
  try {
    const statement = prepared(sql);
    const bound = values.map(asBound);
    // As one array: the driver would take a single null for an object of named values.
    if (statement.reader) return { rows: statement.all(bound) as object[] };
    const { changes, lastInsertRowid } = statement.run(bound);
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  } catch (error) {
    // An error loses its code between threads. An error from opening a file has none.
    const { name, message, code } = error as Error & { code?: string };
    return { error: { name, message, code: code || undefined } };
  }
}

function prepared(sql: string): Sqlite.Statement {
  database ??= new Sqlite(workerData);
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
  database?.close();
  parentPort?.close();
}

/** A Buffer arrives as Uint8Array, which the driver does not take. */
const asBound = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : value;
