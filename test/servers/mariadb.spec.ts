import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MariaDb } from '../support/servers/mariadb.js';
import { withConnection } from '../support/servers/mysql-database.js';

describe('a MariaDB of one’s own', () => {
  let mariadb: MariaDb;
  beforeAll(async () => {
    mariadb = await MariaDb.start();
  });
  afterAll(() => mariadb.stop());

  const rows = (url: string, sql: string) =>
    withConnection(url, async (connection) => (await connection.query(sql))[0]);

  it('has the defaults of a bare server', async () => {
    const url = await mariadb.createDatabase();
    const sql =
      'SELECT @@character_set_database AS charset, @@time_zone AS zone, @@sql_mode AS mode';
    expect(await rows(url, sql)).toEqual([
      { charset: 'latin1', zone: 'SYSTEM', mode: expect.stringContaining('STRICT_TRANS_TABLES') },
    ]);
  });

  it('gives a user who owns one database only', async () => {
    const url = await mariadb.createDatabase('ours');
    await mariadb.createDatabase('theirs');
    expect(await rows(url, 'SELECT DATABASE() AS name')).toEqual([{ name: 'ours' }]);
    await expect(rows(url, 'CREATE TABLE mysql.t (id int)')).rejects.toThrow(/denied/);
  });

  it.each([
    ['an orderly restart', () => mariadb.restart()],
    ['a crash', () => mariadb.kill().then(() => mariadb.restart())],
  ])('keeps what was committed over %s', async (_, interrupt) => {
    const url = await mariadb.createDatabase();
    await rows(url, 'CREATE TABLE t (id int)');
    await rows(url, 'INSERT INTO t VALUES (7)');
    await interrupt();
    expect(await rows(url, 'SELECT id FROM t')).toEqual([{ id: 7 }]);
  });

  it('is gone once it is killed', async () => {
    const url = await mariadb.createDatabase();
    await mariadb.kill();
    await expect(rows(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await mariadb.restart();
  });
});
