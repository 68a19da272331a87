import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { isQuick } from '../quick.js';
import { copyMysql, copySqlite } from './migrated-databases.js';
import { createDatabase, dropDatabase } from './mysql-database.js';

export type Dialect = 'sqlite' | 'mysql';

export const dialects: readonly Dialect[] = isQuick ? ['sqlite'] : ['sqlite', 'mysql'];

export interface TestDatabase {
  /** A value for `DATABASE_URL`. */
  url: string;
  drop(): Promise<void>;
}

/** An empty database of its own for a spec: a SQLite file, or one on the shared MariaDB. */
export function createTestDatabase(dialect: Dialect): Promise<TestDatabase> {
  return dialect === 'sqlite' ? createSqlite() : createMysql();
}

/** As `createTestDatabase`, with the schema of this build. */
export async function createMigratedDatabase(dialect: Dialect): Promise<TestDatabase> {
  const database = await createTestDatabase(dialect);
  const template = inject('template');
  if (dialect === 'mysql') await copyMysql(template, database.url);
  else await copySqlite(template, database.url.slice('sqlite:'.length));
  return database;
}

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-sqlite-'));
  return {
    url: `sqlite:${join(folder, 'rollcall.sqlite')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createMysql(): Promise<TestDatabase> {
  const url = await createDatabase(inject('mariadbUrl'));
  return { url, drop: () => dropDatabase(url) };
}
