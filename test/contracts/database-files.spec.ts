import { chmod, mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { expect, it } from 'vitest';
import { prepareDatabaseFiles } from '../../src/platform/database/database-files.js';
import { keptSecretKey } from '../../src/platform/secrets/secret-key.js';
import { startService } from '../support/service.js';

const newFolder = () => mkdtemp(join(tmpdir(), 'rollcall-files-'));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o7777).toString(8);

/** The modes of the folder and of all that is in it. */
async function modes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder);
  const all = entries.map(async (name) => [name, await modeOf(join(folder, name))] as const);
  return Object.fromEntries([...(await Promise.all(all)), ['.', await modeOf(folder)]]);
}

const PRIVATE = {
  '.': '700',
  'rollcall.sqlite': '600',
  'rollcall.sqlite-shm': '600',
  'rollcall.sqlite-wal': '600',
  'rollcall.sqlite.migrating': '600',
  'secret.key': '600',
};

it('makes DATA_DIR and the files in it for nobody but their user', async () => {
  const dataDir = join(await newFolder(), 'data');
  await startService({ env: { DATA_DIR: dataDir, DATABASE_URL: '', SECRET_KEY: '' } });
  expect(await modes(dataDir)).toEqual(PRIVATE);
});

it('takes the rights of others from a DATA_DIR that is there', async () => {
  const dataDir = await newFolder();
  for (const name of Object.keys(PRIVATE).slice(1)) await writeFile(join(dataDir, name), '');
  for (const name of Object.keys(PRIVATE).slice(1)) await chmod(join(dataDir, name), 0o644);
  await writeFile(join(dataDir, 'secret.key'), 'ab'.repeat(32));
  await chmod(dataDir, 0o755);
  await startService({ env: { DATA_DIR: dataDir, DATABASE_URL: '', SECRET_KEY: '' } });
  expect(await modes(dataDir)).toEqual(PRIVATE);
});

it('leaves a folder as it is that is not DATA_DIR', async () => {
  const [folder, dataDir] = [await newFolder(), await newFolder()];
  await chmod(folder, 0o755);
  const [path, deep] = [join(folder, 'a.sqlite'), join(folder, 'made', 'b.sqlite')];
  for (const file of [path, deep])
    await prepareDatabaseFiles({ dataDir, database: { type: 'sqlite', path: file } });
  expect(await modes(folder)).toEqual({ '.': '755', 'a.sqlite': '600', made: '700' });
  expect(await modes(join(folder, 'made'))).toEqual({ '.': '700', 'b.sqlite': '600' });
});

it('warns of a DATA_DIR that is shared with others', async () => {
  const shared = await newFolder();
  await chmod(shared, 0o1777);
  const said: unknown[] = [];
  const logger = Object.assign(new ConsoleLogger(), { warn: (line: unknown) => said.push(line) });
  Logger.overrideLogger(logger);
  const database = { type: 'sqlite', path: join(shared, 'a.sqlite') } as const;
  await prepareDatabaseFiles({ dataDir: shared, database });
  await keptSecretKey(shared);
  Logger.overrideLogger(new ConsoleLogger());
  expect(said).toEqual([expect.stringContaining(shared)]);
  expect(await modeOf(shared)).toBe('1777');
});
