import { statSync } from 'node:fs';
import type { Config } from '../../config/config.js';
import { createDataSource, dataSourceOptions } from '../../platform/database/data-source.js';
import { isOutdated } from '../../platform/database/migrator.js';
import { initialize } from '../../platform/database/open-data-source.js';
import { type Finding, ok, problem, problemOf, warning } from './finding.js';

const CHECK = 'database';

/** Whether the database opens and has this build's schema. It makes and changes nothing. */
export async function checkDatabase({ database }: Config): Promise<Finding> {
  const isEmbedded = database.type === 'sqlite';
  if (isEmbedded && !statSync(database.path, { throwIfNoEntry: false }))
    return warning(
      CHECK,
      `There is no database at ${database.path} yet. The first start makes it.`,
    );
  try {
    const dataSource = await initialize(createDataSource(await dataSourceOptions(database, [])));
    try {
      if (!(await isOutdated(dataSource))) return ok(CHECK, 'It opens, and its schema is current.');
      return isEmbedded
        ? warning(CHECK, 'Its schema is older than this build. The next start updates it.')
        : problem(CHECK, 'Its schema is older than this build. Run `rollcall migrate`.');
    } finally {
      await dataSource.destroy();
    }
  } catch (error) {
    return problemOf(CHECK, error);
  }
}
