import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/**
 * The rows of a query as plain objects with these properties, which it must select. To make entities, TypeORM takes
 * several times as much time and memory, which matters for thousands of rows.
 * @param more texts of joined tables, by their aliases
 */
export async function plainRows<
  T extends ObjectLiteral,
  K extends keyof T & string,
  M extends string = never,
>(
  select: SelectQueryBuilder<T>,
  properties: readonly K[],
  more: readonly M[] = [],
): Promise<(Pick<T, K> & Record<M, string | null>)[]> {
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
    for (const alias of more) plain[alias] = row[alias];
    return plain as Pick<T, K> & Record<M, string | null>;
  });
}

/** Whether both drivers return the value as it is. */
const isPlain = ({ type, transformer }: ColumnMetadata): boolean =>
  !transformer && (type === String || type === Number || type === 'varchar');
