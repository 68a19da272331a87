import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

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
  const columns = properties.flatMap(
    (property) => mainAlias?.metadata.findColumnWithPropertyName(property) ?? [],
  );
  const rows = await select.getRawMany<Record<string, unknown>>();
  return rows.map((row) => {
    const plain: ObjectLiteral = {};
    for (const column of columns) {
      const value = row[`${mainAlias?.name}_${column.databaseName}`];
      plain[column.propertyName] = driver.prepareHydratedValue(value, column);
    }
    return plain as Pick<T, K>;
  });
}
