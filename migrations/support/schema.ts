import { QueryRunner } from 'typeorm';

/** The words in which SQLite and MySQL differ. */
export function words(queryRunner: QueryRunner) {
  const sqlite = queryRunner.dataSource.options.type === 'better-sqlite3';
  return {
    isSqlite: sqlite,
    id: sqlite ? 'integer PRIMARY KEY AUTOINCREMENT NOT NULL' : 'int PRIMARY KEY AUTO_INCREMENT',
    bigint: 'bigint',
    boolean: sqlite ? 'boolean' : 'tinyint(1)',
    dateTime: sqlite ? 'datetime' : 'datetime(3)',
    json: sqlite ? 'text' : 'json',
    // A bare MariaDB is latin1, and MySQL's default collation takes 'a' for 'A'.
    table: sqlite ? '' : 'ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    // MySQL refuses a literal default on TEXT, SQLite an expression on an added column.
    emptyText: sqlite ? "text NOT NULL DEFAULT ''" : "text NOT NULL DEFAULT ('')",
  };
}

/** `CHECK` that a column holds one of these words. */
export const oneOf = (column: string, ...allowed: string[]): string =>
  `CHECK (${column} IN (${allowed.map((word) => `'${word}'`).join(', ')}))`;

/** A foreign key in the form that MySQL does not silently ignore. */
export const belongsTo = (column: string, table: string, onDelete = 'CASCADE'): string =>
  `FOREIGN KEY (${column}) REFERENCES ${table} (id) ON DELETE ${onDelete}`;

/** Adds columns one by one, which SQLite wants. */
export async function addColumns(
  queryRunner: QueryRunner,
  table: string,
  columns: string[],
): Promise<void> {
  for (const column of columns)
    await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN ${column}`);
}

export async function dropColumns(
  queryRunner: QueryRunner,
  table: string,
  columns: string[],
): Promise<void> {
  for (const column of columns)
    await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
}

/**
 * Gives a text column more room. An older release goes on beside it: what it writes still fits, and it reads text of any
 * length. MySQL keeps the rows as they are. SQLite limits no length, so it needs nothing.
 * @param type the whole new type, longer than before
 */
export async function widen(
  queryRunner: QueryRunner,
  table: string,
  column: string,
  type: string,
): Promise<void> {
  if (words(queryRunner).isSqlite) return;
  await queryRunner.query(`ALTER TABLE ${table} MODIFY ${column} ${type}`);
}
