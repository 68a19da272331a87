import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/**
 * What a query finds, as plain objects with these properties, which it must select. TypeORM takes several times longer and
 * more memory to make entities of them, which shows where thousands are read.
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
