import { DataSource, DataSourceOptions } from 'typeorm';
import { createDataSource } from './data-source.js';
import { DatabaseUnusable } from './database-unusable.js';
import { isOutdated, migrate, refuseNewerSchema } from './migrator.js';

/**
 * Opens the database. An embedded one is brought up to date; a shared one is not, because other processes may still run the
 * old build.
 * @throws DatabaseUnusable
 */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await initialize(createDataSource(options));
  try {
    if (options.type === 'better-sqlite3')
      await migrate(dataSource, { type: 'sqlite', path: String(options.database) });
    else await refuseOtherSchemas(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function refuseOtherSchemas(dataSource: DataSource): Promise<void> {
  await refuseNewerSchema(dataSource);
  if (await isOutdated(dataSource))
    throw new DatabaseUnusable(
      'The database has an older schema than this build. Run `rollcall migrate` first.',
    );
}

/** Opens the database, whatever its schema. @throws DatabaseUnusable */
export const initialize = (dataSource: DataSource): Promise<DataSource> =>
  dataSource.initialize().catch((cause: unknown) => {
    throw new DatabaseUnusable(
      `The database cannot be opened (${reason(cause)}). Check DATABASE_URL and DATA_DIR.`,
      { cause },
    );
  });

/** Never the address, which holds the password. */
const reason = (cause: unknown): string => {
  const { code, message } = cause as { code?: string; message?: string };
  return code ?? message ?? 'unknown reason';
};
