import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../support/servers/databases.js';
import { withConnection } from '../support/servers/mysql-database.js';

it('hands out a SQLite file of its own and takes it away', async () => {
  const database = await createTestDatabase('sqlite');
  const path = database.url.replace(/^sqlite:/, '');
  await writeFile(path, '');
  await database.drop();
  expect(existsSync(path)).toBe(false);
});

it('hands out a MySQL database of its own and takes it away', async () => {
  const [database, other] = [await createTestDatabase('mysql'), await createTestDatabase('mysql')];
  expect(database.url).not.toBe(other.url);
  const tables = (url: string) =>
    withConnection(url, async (connection) => (await connection.query('SHOW TABLES'))[0]);
  expect(await tables(database.url)).toEqual([]);
  await Promise.all([database.drop(), other.drop()]);
  await expect(tables(database.url)).rejects.toMatchObject({ code: 'ER_BAD_DB_ERROR' });
});
