import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/**
 * The rows of a query as plain objects with these properties, which it must select. To make entities, TypeORM takes
 * several times as much time and memory, which matters for thousands of rows.
 */
export async function plainRows<T extends ObjectLiteral, K extends keyof T & string>(
  select: SelectQueryBuilder<T>,
  properties: readonly K[],
): Promise<Pick<T, K>[]> {
  const { driver } = select.dataSource;
  const { mainAlias } = select.expressionMap;
  const columns = properties.flatMap((property) => {
    const column = mainAlias?.metadata.findColumnWithPropertyName(property);
    if (!column) return [];
    const name = `${mainAlias?.name}_${column.databaseName}`;
    return [{ column, property, name, isPlain: isPlain(column) }];
  });
  const rows = await select.getRawMany<Record<string, unknown>>();
  return rows.map((row) => {
    const plain: ObjectLiteral = {};
    for (const { column, property, name, isPlain } of columns)
      plain[property] = isPlain ? row[name] : driver.prepareHydratedValue(row[name], column);
    return plain as Pick<T, K>;
  });
}

/** Whether both drivers return the value as it is. */
const isPlain = ({ type, transformer }: ColumnMetadata): boolean =>
  !transformer && (type === String || type === Number || type === 'varchar');
