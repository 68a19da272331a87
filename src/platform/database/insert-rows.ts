import type { Driver, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { isSqlite } from './dialect.js';

/** Columns: the unique key of rows, and what is overwritten of existing ones. */
export interface Overwriting {
  key: string[];
  columns: string[];
  /** Whether the values are added to the existing ones. */
  adds?: boolean;
  /** More columns, which are only set where they are null. */
  once?: string[];
}

/**
 * Inserts rows in one statement. TypeORM's query builder takes several times longer, which matters for thousands of
 * rows. All rows have the properties of the first.
 * @param same properties with one value in all rows, which is a word, number, time or null: it becomes a literal in the
 *   statement, since SQLite binds 32,766 values at most
 */
export async function insertRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: Partial<T>[],
  overwriting?: Overwriting,
  same: (keyof T & string)[] = [],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { driver } = manager.dataSource;
  const { tableName, columns: all } = manager.dataSource.getMetadata(entity);
  const columns = all.filter(({ propertyName }) => propertyName in first);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
  const isSame = ({ propertyName }: ColumnMetadata) => same.includes(propertyName);
  const place = (column: ColumnMetadata) =>
    isSame(column) ? literal(first[column.propertyName]) : '?';
  const places = `(${columns.map(place).join(', ')})`;
  const bound = columns.filter((column) => !isSame(column));
  const prepare = bound.map((column) => prepared<T>(driver, column));
  const values = rows.flatMap((row) => prepare.map((value) => value(row)));
  const list = `${places}, `.repeat(rows.length - 1) + places;
  const upsert = overwriting ? conflictClause(manager, overwriting) : '';
  await manager.query(`INSERT INTO ${tableName} (${names}) VALUES ${list}${upsert}`, values);
}

/** @throws Error for a value that is not safe as a literal: a mistake in the code */
function literal(value: unknown): string {
  if (value === null || typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Date) return `'${asText(value)}'`;
  if (typeof value === 'string' && /^\w+$/.test(value)) return `'${value}'`;
  throw new Error('Only words, numbers, times and nothing are written into a statement.');
}

/** Converts a column's values, once for consecutive equal ones: many rows share a time, which costs most. */
function prepared<T extends ObjectLiteral>(
  driver: Driver,
  column: ColumnMetadata,
): (row: Partial<T>) => unknown {
  const { propertyName } = column;
  let last: unknown;
  let made: unknown;
  let isFirst = true;
  return (row) => {
    const value = row[propertyName];
    if (isFirst || value !== last) made = asText(driver.preparePersistentValue(value, column));
    isFirst = false;
    last = value;
    return made;
  };
}

/** A time in the form of both databases: UTC, with milliseconds. */
export const asText = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString().slice(0, -1).replace('T', ' ') : value;

function conflictClause(
  manager: EntityManager,
  { key, columns, adds, once = [] }: Overwriting,
): string {
  const isLite = isSqlite(manager);
  const given = (name: string) => (isLite ? `excluded.${name}` : `VALUES(${name})`);
  const set = [
    ...columns.map((name) => `${name} = ${adds ? `${name} + ` : ''}${given(name)}`),
    ...once.map((name) => `${name} = COALESCE(${name}, ${given(name)})`),
  ].join(', ');
  return isLite
    ? ` ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${set}`
    : ` ON DUPLICATE KEY UPDATE ${set}`;
}
