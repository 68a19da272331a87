import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrator.js';
import { runCommand } from '../support/process.js';
import { oneLine } from './support/stage.js';

vi.setConfig({ testTimeout: 60_000 });

const SECRET_KEY = 'ab'.repeat(32);

const newFolder = () => mkdtemp(join(tmpdir(), 'rollcall-failed-'));

/** A folder with an embedded database that is up to date. */
async function migrated(): Promise<string> {
  const folder = await newFolder();
  const { database } = loadConfig({ DATA_DIR: folder });
  const dataSource = await createDataSource(await dataSourceOptions(database, [])).initialize();
  await migrate(dataSource, database);
  await dataSource.query(
    "INSERT INTO migrations (timestamp, name) VALUES (9, 'AddWings9999999999999')",
  );
  await dataSource.destroy();
  return folder;
}

/** What a command says that cannot start. That it ends at all is half of what is tested. */
async function refusal(command: string, env: Record<string, string>): Promise<string> {
  const args = command.split(' ');
  const options = { env: { PORT: '0', ...env }, withoutPrivileges: true };
  const { code, stdout, stderr } = await runCommand(args, options);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(oneLine);
  return stderr;
}

it('ends where DATA_DIR cannot be written', async () => {
  const DATA_DIR = await newFolder();
  await chmod(DATA_DIR, 0o555);
  const below = join(DATA_DIR, 'below');
  const [members, serve] = await Promise.all([
    refusal('members acme', { DATA_DIR }),
    refusal('serve', { DATA_DIR: below, SECRET_KEY }),
  ]);
  expect(members).toContain('DATA_DIR');
  expect(serve).toContain(`The folder ${below} cannot be written (EACCES). `);
});

it('ends where a file of DATA_DIR cannot be used, and says which', async () => {
  const [secret, database, notOne] = [await newFolder(), await newFolder(), await newFolder()];
  await writeFile(join(secret, 'secret.key'), SECRET_KEY, { mode: 0o000 });
  await writeFile(join(database, 'rollcall.sqlite'), '', { mode: 0o444 });
  await mkdir(join(notOne, 'rollcall.sqlite'));
  const said = await Promise.all([
    refusal('serve', { DATA_DIR: secret }),
    refusal('serve', { DATA_DIR: database, SECRET_KEY }),
    refusal('migrate', { DATA_DIR: notOne, SECRET_KEY }),
  ]);
  expect(said[0]).toContain(join(secret, 'secret.key'));
  expect(said[1]).toContain(`${join(database, 'rollcall.sqlite')} is read-only`);
  expect(said[2]).toContain('The database cannot be opened');
});

it('ends where SECRET_KEY is another one than before, until it is accepted', async () => {
  const DATA_DIR = await newFolder();
  const env = { DATA_DIR, SECRET_KEY };
  expect((await runCommand(['migrate'], { env })).code).toBe(0);
  const changed = { ...env, SECRET_KEY: 'cd'.repeat(32) };
  const said = await Promise.all(
    ['serve', 'migrate', 'members acme'].map((command) => refusal(command, changed)),
  );
  for (const line of said) expect(line).toMatch(/^rollcall: SECRET_KEY .*--accept-secret-key/);
  const accepted = await runCommand(['migrate', '--accept-secret-key'], { env: changed });
  expect(accepted).toMatchObject({ code: 0, stderr: '' });
});

it('ends where a newer build made the database', async () => {
  const DATA_DIR = await migrated();
  const said = await Promise.all(
    ['serve', 'migrate'].map((command) => refusal(command, { DATA_DIR, SECRET_KEY })),
  );
  for (const line of said) expect(line).toMatch(/newer build.*AddWings9999999999999.*\w+\d{13}/);
});
