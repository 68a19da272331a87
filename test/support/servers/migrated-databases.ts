import { copyFile } from 'node:fs/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { type DatabaseConfig, databaseConfig } from '../../../src/config/database-config.js';
import { createDataSource, dataSourceOptions } from '../../../src/platform/database/data-source.js';
import { migrate } from '../../../src/platform/database/migrator.js';
import { initialize } from '../../../src/platform/database/open-data-source.js';
import { createDatabase, dropDatabase, withConnection } from './mysql-database.js';

/** A migrated database to copy: some ms instead of a migration for each test. */
export interface Template {
  /** The path of a SQLite file. */
  sqlite: string;
  /** The statements that make the tables and their first rows on MariaDB. */
  mysql: string[];
}

export async function makeTemplate(
  mariadbUrl: string | undefined,
  sqlitePath: string,
): Promise<Template> {
  const [mysql] = await Promise.all([
    mariadbUrl === undefined ? [] : mysqlStatements(mariadbUrl),
    bringUpToDate({ type: 'sqlite', path: sqlitePath }),
  ]);
  return { sqlite: sqlitePath, mysql };
}

export const copySqlite = ({ sqlite }: Template, path: string): Promise<void> =>
  copyFile(sqlite, path);

/** Makes the tables in an empty database. */
export async function copyMysql({ mysql }: Template, url: string): Promise<void> {
  const connection = await createConnection({ uri: url, multipleStatements: true });
  try {
    await connection.query(mysql.join(';\n'));
  } finally {
    await connection.end();
  }
}

/** Migrates a database that is not a copy. */
export async function bringUpToDate(database: DatabaseConfig): Promise<void> {
  const dataSource = await initialize(createDataSource(await dataSourceOptions(database, [])));
  try {
    await migrate(dataSource, database);
    // One file holds it all once nothing is left in the write-ahead log.
    if (database.type === 'sqlite') await dataSource.query('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    await dataSource.destroy();
  }
}

async function mysqlStatements(mariadbUrl: string): Promise<string[]> {
  const url = await createDatabase(mariadbUrl);
  await bringUpToDate(databaseConfig(url, ''));
  const statements = await withConnection(url, async (connection) => {
    const [tables] = await connection.query<RowDataPacket[]>('SHOW TABLES');
    const names = tables.map((row) => String(Object.values(row)[0]));
    const made: string[] = [];
    for (const name of names) {
      const [[table]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE \`${name}\``);
      made.push(table?.['Create Table']);
      const [rows] = await connection.query<RowDataPacket[]>(`SELECT * FROM \`${name}\``);
      for (const row of rows) made.push(connection.format(`INSERT INTO \`${name}\` SET ?`, [row]));
    }
    return made;
  });
  await dropDatabase(url);
  return ['SET FOREIGN_KEY_CHECKS = 0', ...statements];
}
