import type { DataSource } from 'typeorm';

/** Everything that a data source is asked from now on. */
export function listenTo(dataSource: DataSource): string[] {
  const said: string[] = [];
  const create = dataSource.createQueryRunner.bind(dataSource);
  const heard = new WeakSet<object>();
  dataSource.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (heard.has(runner)) return runner;
    heard.add(runner);
    const query = runner.query.bind(runner);
    runner.query = (sql: string, ...rest: [never]) => {
      said.push(sql);
      return query(sql, ...rest);
    };
    return runner;
  };
  return said;
}
