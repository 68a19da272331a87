import { type Config, loadConfig } from '../config/config.js';
import { createDataSource, dataSourceOptions } from '../platform/database/data-source.js';
import { migrate } from '../platform/database/migrator.js';
import { initialize } from '../platform/database/open-data-source.js';
import { print } from '../platform/process/output.js';
import { json } from './json.js';

export async function migrateDatabase(options: { json?: boolean }): Promise<void> {
  const migrations = await bringUpToDate(loadConfig(process.env));
  await print(options.json ? json({ migrations }) : sentence(migrations));
}

async function bringUpToDate({ database }: Config): Promise<string[]> {
  const dataSource = await initialize(createDataSource(dataSourceOptions(database, [])));
  return migrate(dataSource, database).finally(() => dataSource.destroy());
}

const sentence = (names: string[]): string =>
  names.length === 0
    ? 'The schema is up to date.\n'
    : `The schema is up to date, after: ${names.join(', ')}\n`;
