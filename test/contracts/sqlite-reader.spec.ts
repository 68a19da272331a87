import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { inSnapshot } from '../../src/platform/database/transaction.js';

const threads = () =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;

/** A data source whose file nobody else can open, until it is given back. */
async function startWithoutFile() {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'rollcall.sqlite');
  const before = threads();
  const dataSource = createDataSource(await dataSourceOptions({ type: 'sqlite', path }, []));
  await dataSource.initialize();
  await dataSource.query('CREATE TABLE things (id integer)');
  await rename(path, `${path}.away`);
  await mkdir(path);
  const giveBack = async () => {
    await rmdir(path);
    await rename(`${path}.away`, path);
  };
  const count = () =>
    inSnapshot(dataSource, (manager) => manager.query('SELECT COUNT(*) AS n FROM things'));
  return { dataSource, giveBack, count, leftOpen: () => threads() - before };
}

it('opens its second connection again that could not be opened', async () => {
  const { dataSource, giveBack, count, leftOpen } = await startWithoutFile();
  await expect(count()).rejects.toThrow('Unable to open');
  expect(leftOpen()).toBe(1);
  await giveBack();
  expect(await count()).toEqual([{ n: 0 }]);
  await dataSource.destroy();
  expect(leftOpen()).toBe(0);
});

it('closes where its second connection cannot be opened', async () => {
  const { dataSource, count, leftOpen } = await startWithoutFile();
  const refused = expect(count()).rejects.toThrow();
  await dataSource.destroy();
  await refused;
  expect(leftOpen()).toBe(0);
});
