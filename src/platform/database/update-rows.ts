import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { inParts } from '../in-parts.js';

/** The database compares each row of a statement with half of the others on average. */
const ROWS_A_STATEMENT = 200;

/**
 * Updates rows that each get other values, many in one statement. All rows have the properties of the first.
 * @param rows with `id`
 */
export async function updateRows<T extends ObjectLiteral & { id: number }>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: (Partial<T> & { id: number })[],
): Promise<void> {
  for (const some of inParts(rows, ROWS_A_STATEMENT)) await update(manager, entity, some);
}

async function update<T extends ObjectLiteral & { id: number }>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: (Partial<T> & { id: number })[],
): Promise<void> {
  const { driver } = manager.dataSource;
  const { tableName, columns } = manager.dataSource.getMetadata(entity);
  const written = columns.filter(
    ({ propertyName }) => propertyName !== 'id' && rows[0] && propertyName in rows[0],
  );
  const cases = 'WHEN ? THEN ? '.repeat(rows.length);
  const set = written.map(({ databaseName }) => `${databaseName} = CASE id ${cases}END`);
  const values = written.flatMap((column) =>
    rows.flatMap((row) => [
      row.id,
      driver.preparePersistentValue(row[column.propertyName], column) as unknown,
    ]),
  );
  const ids = rows.map(({ id }) => id);
  const places = ids.map(() => '?').join(', ');
  await manager.query(`UPDATE ${tableName} SET ${set.join(', ')} WHERE id IN (${places})`, [
    ...values,
    ...ids,
  ]);
}
