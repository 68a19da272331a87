import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { isSqlite } from './dialect.js';

/** Which rows are there already, and what is overwritten of them. Both are columns. */
export interface Overwriting {
  key: string[];
  columns: string[];
}

/**
 * Inserts rows in one statement. TypeORM's query builder takes several times longer for the same, which shows where
 * thousands of rows are written. All rows have the properties of the first.
 */
export async function insertRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: Partial<T>[],
  overwriting?: Overwriting,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { driver } = manager.dataSource;
  const { tableName, columns: all } = manager.dataSource.getMetadata(entity);
  const columns = all.filter(({ propertyName }) => propertyName in first);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
  const places = `(${columns.map(() => '?').join(', ')})`;
  const values: unknown[] = [];
  for (const row of rows)
    for (const column of columns)
      values.push(driver.preparePersistentValue(row[column.propertyName], column));
  const list = Array.from(rows, () => places).join(', ');
  const upsert = overwriting ? conflictClause(manager, overwriting) : '';
  await manager.query(`INSERT INTO ${tableName} (${names}) VALUES ${list}${upsert}`, values);
}

function conflictClause(manager: EntityManager, { key, columns }: Overwriting): string {
  if (isSqlite(manager))
    return ` ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;
  return ` ON DUPLICATE KEY UPDATE ${columns.map((name) => `${name} = VALUES(${name})`).join(', ')}`;
}
