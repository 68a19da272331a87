import { copyFile, mkdtemp, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { describe, expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

const PASSPHRASE = 'four unrelated words';
const COMMAND = ['--passphrase-stdin'];

const newFolder = () => mkdtemp(join(tmpdir(), 'rollcall-backup-'));

/** An embedded installation as `npm start` has it: the database and the key are in DATA_DIR. */
async function installed({ members = 3 } = {}) {
  const staged = await stage({ members });
  const { env } = staged;
  const dataDir = await newFolder();
  await copyFile((env.DATABASE_URL ?? '').replace('sqlite:', ''), join(dataDir, 'rollcall.sqlite'));
  Object.assign(env, { DATA_DIR: dataDir, DATABASE_URL: '', SECRET_KEY: '' });
  return { ...staged, dataDir, file: join(await newFolder(), 'copy.sqlite') };
}

type Installed = Awaited<ReturnType<typeof installed>>;

const backup = ({ rollcall, file }: Installed, passphrase = PASSPHRASE) =>
  rollcall(['backup', file, ...COMMAND], passphrase);

/** On another machine: an empty DATA_DIR, which the command line uses from now on. */
async function restore({ env, rollcall, file }: Installed, passphrase = PASSPHRASE) {
  env.DATA_DIR = await newFolder();
  return rollcall(['restore', file, ...COMMAND], passphrase);
}

async function expectRefused(outcome: ReturnType<typeof backup>, words: string): Promise<void> {
  const { code, stdout, stderr } = await outcome;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(oneLine);
  expect(stderr).toContain(words);
}

describe('a backup', () => {
  it('is taken while a sync is under way, and goes on syncing where it is restored', async () => {
    const context = await installed({ members: 300 });
    const { env, connect, json, simulator, file, start, organization } = context;
    env.RUN_LEASE_SECONDS = '2';
    await connect();
    await json(['sync', 'acme']);
    const [, ...others] = organization.members;
    for (const person of others.slice(0, 3)) organization.leave(person);
    const held = simulator.faults.on(/members/).hold();
    const syncing = start(['sync', 'acme']);
    await held.arrived;
    expect(await backup(context)).toMatchObject({ code: 0, stderr: '' });
    held.release();
    await syncing.exited;
    for (const path of [file, `${file}.key`]) expect((await stat(path)).mode & 0o777).toBe(0o600);

    expect(await restore(context)).toMatchObject({ code: 0, stderr: '' });
    expect(await json(['members', 'acme'])).toHaveLength(300);
    const [latest] = await json(['runs', 'acme']);
    expect(latest).toMatchObject({ state: 'running' });
    expect((await json(['sync', 'acme'])).run).toMatchObject({
      ...{ id: latest.id, state: 'complete' },
      result: { deactivated: 3, total: 297 },
    });
  });

  it('holds the key for nobody without the passphrase, and is in the audit log', async () => {
    const context = await installed();
    const { file, dataDir, rollcall } = context;
    await backup(context);
    const key = (await readFile(join(dataDir, 'secret.key'), 'utf8')).trim();
    expect(await readFile(`${file}.key`, 'utf8')).not.toContain(key);
    await expectRefused(restore(context, 'five unrelated words'), 'passphrase does not open');
    expect(await readdir(context.env.DATA_DIR ?? '')).toEqual([]);
    expect(await restore(context)).toMatchObject({ code: 0 });
    expect(await readFile(join(context.env.DATA_DIR ?? '', 'secret.key'), 'utf8')).toBe(key);
    expect((await rollcall(['audit', 'verify'])).stdout).toContain('instance: 2 entries');
  });

  it('replaces no file, and needs a passphrase that is not short', async () => {
    const context = await installed();
    await expectRefused(backup(context, 'short'), 'at least 12 characters');
    expect(await backup(context)).toMatchObject({ code: 0 });
    const [before] = [await readFile(context.file)];
    await expectRefused(backup(context), 'exists. Choose another name');
    expect(await readFile(context.file)).toEqual(before);
  });

  it('is not restored over a database, nor beside another key', async () => {
    const context = await installed();
    const { env, dataDir, file, rollcall } = context;
    await backup(context);
    await expectRefused(rollcall(['restore', file, ...COMMAND], PASSPHRASE), 'database already');
    env.DATA_DIR = await newFolder();
    const key = join(env.DATA_DIR, 'secret.key');
    await writeFile(key, 'ab'.repeat(32));
    await expectRefused(rollcall(['restore', file, ...COMMAND], PASSPHRASE), 'another key');
    await copyFile(join(dataDir, 'secret.key'), key);
    expect(await rollcall(['restore', file, ...COMMAND], PASSPHRASE)).toMatchObject({ code: 0 });
  });

  it.each([
    ['half of it', async (file: string) => truncate(file, (await stat(file)).size / 2)],
    ['none of it', (file: string) => truncate(file, 0)],
    ['another file', (file: string) => writeFile(file, 'not a database')],
  ])('is not restored from %s, and leaves nothing behind', async (_, damage) => {
    const context = await installed();
    await backup(context);
    await damage(context.file);
    await expectRefused(restore(context), 'no complete backup');
    expect(await readdir(context.env.DATA_DIR ?? '')).toEqual([]);
  });

  it('is not restored by an older build, which says so', async () => {
    const context = await installed();
    await backup(context);
    const copy = new Sqlite(context.file);
    copy.exec("INSERT INTO migrations (timestamp, name) VALUES (1, 'Later1995420800901')");
    copy.close();
    await expectRefused(restore(context), 'made by a newer build');
    expect(await readdir(context.env.DATA_DIR ?? '')).toEqual([]);
  });

  it('lacks its key file', async () => {
    const context = await installed();
    await backup(context);
    context.file = `${context.file}.moved`;
    await expectRefused(restore(context), 'key file');
  });
});

it('is for an embedded database', async () => {
  const [, scaled] = ways;
  const { rollcall } = await stage(scaled);
  for (const command of ['backup', 'restore'])
    expect(await rollcall([command, '/tmp/copy', ...COMMAND], PASSPHRASE)).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringContaining('embedded'),
    });
});
