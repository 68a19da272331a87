import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteConnection } from '../../src/platform/database/sqlite-connection.js';

let folder: string;
let path: string;
let connection: SqliteConnection;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  path = join(folder, 'rollcall.sqlite');
  connection = new SqliteConnection(path);
  await connection.execute('CREATE TABLE things (id integer PRIMARY KEY, name text UNIQUE)');
});

afterEach(async () => {
  await connection.close();
  await rm(folder, { recursive: true });
});

describe('a connection to SQLite', () => {
  it('tells rows, and what a statement without any did', async () => {
    const inserted = await connection.execute('INSERT INTO things (name) VALUES (?), (?)', [
      'one',
      Buffer.from('t\0wo'),
    ]);
    expect(inserted).toEqual({ changes: 2, lastInsertRowid: 2 });
    const { rows } = (await connection.execute('SELECT * FROM things')) as { rows: unknown[] };
    expect(rows).toEqual([
      { id: 1, name: 'one' },
      { id: 2, name: expect.anything() },
    ]);
    expect(Buffer.from((rows[1] as { name: ArrayBuffer }).name).toString()).toBe('t\0wo');
  });

  it.each([null, Buffer.from('one'), 'one'])('binds a single value, %j', async (name) => {
    await connection.execute('INSERT INTO things (name) VALUES (?)', [name]);
    const found = await connection.execute('SELECT id FROM things WHERE name IS ?', [name]);
    expect(found).toEqual({ rows: [{ id: 1 }] });
  });

  it("keeps an error's code", async () => {
    const insert = () => connection.execute("INSERT INTO things (name) VALUES ('one')");
    await insert();
    await expect(insert()).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
  });

  it('writes again after another process had the database for too long', async () => {
    await connection.pragma('journal_mode = WAL');
    await connection.pragma('busy_timeout = 20');
    const other = new Sqlite(path);
    other.exec('BEGIN IMMEDIATE');
    other.exec("INSERT INTO things (name) VALUES ('theirs')");
    const insert = (name: string) =>
      connection.execute(`INSERT INTO things (name) VALUES ('${name}')`);
    const locked = { code: 'SQLITE_BUSY' };
    await expect(insert('one')).rejects.toMatchObject(locked);
    await expect(connection.execute('BEGIN IMMEDIATE')).rejects.toMatchObject(locked);
    expect(await connection.execute('SELECT * FROM things')).toEqual({ rows: [] });
    await expect(insert('two')).rejects.toMatchObject(locked);
    other.exec('COMMIT');
    await expect(insert('three')).resolves.toMatchObject({ changes: 1 });
    other.exec("INSERT INTO things (name) VALUES ('theirs too')");
    await expect(insert('four')).resolves.toMatchObject({ changes: 1 });
    other.close();
  });

  it('refuses what is asked after it was closed', async () => {
    const closed = connection.close();
    const late = Array.from({ length: 20 }, () => connection.execute('DELETE FROM things'));
    for (const one of await Promise.allSettled(late)) expect(one.status).toBe('rejected');
    await closed;
    connection = new SqliteConnection(path);
    expect(await connection.execute('SELECT * FROM things')).toEqual({ rows: [] });
  });

  it('does not hold up others while it waits for another process', async () => {
    await connection.pragma('busy_timeout = 10000');
    const other = new Sqlite(path);
    other.exec('BEGIN IMMEDIATE');
    const insert = connection.execute("INSERT INTO things (name) VALUES ('one')");
    // Within our own thread this would not come before the busy time-out is over, and the insert would fail.
    await setImmediate();
    other.exec('COMMIT');
    await expect(insert).resolves.toMatchObject({ changes: 1 });
    other.close();
  });

  it('finishes what was asked for before it closes, and refuses what comes later', async () => {
    const insert = connection.execute("INSERT INTO things (name) VALUES ('one')");
    await connection.close();
    await expect(insert).resolves.toMatchObject({ changes: 1 });
    await expect(connection.execute('SELECT 1')).rejects.toThrow('has ended');
    await expect(connection.pragma('user_version')).rejects.toThrow('has ended');
  });

  it('says why a file cannot be opened', async () => {
    const none = new SqliteConnection(join(folder, 'nowhere', 'rollcall.sqlite'));
    await expect(none.execute('SELECT 1')).rejects.toThrow('Unable to open');
    await none.close();
  });
});
