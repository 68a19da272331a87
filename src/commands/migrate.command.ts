import { Logger } from '@nestjs/common';
import { type Config, loadConfig } from '../config/config.js';
import { createDataSource, dataSourceOptions } from '../platform/database/data-source.js';
import { prepareDatabaseFiles } from '../platform/database/database-files.js';
import { migrate } from '../platform/database/migrator.js';
import { initialize } from '../platform/database/open-data-source.js';
import { print } from '../platform/process/output.js';
import { StderrLogger } from '../platform/process/stderr-logger.js';
import { json } from './json.js';

export async function migrateDatabase(options: { json?: boolean }): Promise<void> {
  Logger.overrideLogger(new StderrLogger('warn', { traces: false }));
  const migrations = await bringUpToDate(loadConfig(process.env));
  await print(options.json ? json({ migrations }) : sentence(migrations));
}

async function bringUpToDate(config: Config): Promise<string[]> {
  const { database } = config;
  await prepareDatabaseFiles(config);
  const dataSource = await initialize(createDataSource(dataSourceOptions(database, [])));
  return migrate(dataSource, database).finally(() => dataSource.destroy());
}

const sentence = (names: string[]): string =>
  names.length === 0
    ? 'The schema is up to date.\n'
    : `The schema is up to date, after: ${names.join(', ')}\n`;
