import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'libsql';

/** A statement and what to bind to it. */
export interface Question {
  sql: string;
  values: unknown[];
}

/** Rows of a statement that has any, else what it did; or why SQLite refused it. */
export type Answer =
  | { rows: object[] }
  | { changes: number; lastInsertRowid: number }
  | { error: { name: string; message: string; code?: string } };

/** Prepared statements kept; one that writes thousands of rows holds some MiB. */
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
    // As one array: alone, null would be taken for an object of named values.
    if (statement.reader) return { rows: statement.all(bound) as object[] };
    const { changes, lastInsertRowid } = statement.run(bound);
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  } catch (error) {
    // An error loses its code on its way to another thread; where a file cannot be opened it has none.
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

/** The last connection of all puts what the log holds into the database's file. */
function close(): void {
  database?.close();
  parentPort?.close();
}

/** A Buffer arrives as the array that it is made of, which the driver does not take. */
const asBound = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : value;
