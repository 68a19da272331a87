import { spawn } from 'node:child_process';
import { access, constants, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isBuilt } from '../../scripts/is-built.mjs';
import { isQuick } from './quick.js';
import { Child } from './servers/child.js';
import { MariaDb } from './servers/mariadb.js';
import { makeTemplate, type Template } from './servers/migrated-databases.js';
import { Redis } from './servers/redis.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Root's address on the MariaDB of this test run, without a database. */
    mariadbUrl: string;
    /** The Redis of this test run, without a database. */
    redisUrl: string;
    /** What a migrated database is copied from. */
    template: Template;
  }
}

/** What all data of a test run takes, and much more. */
const ROOM_BYTES = 4 * 2 ** 30;

/** Builds, and starts what all specs share. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build();
  const folder = await useOwnTemporaryFolder();
  const file = join(folder, 'template.sqlite');
  if (isQuick) {
    project.provide('template', await makeTemplate(undefined, file));
    return async () => undefined;
  }
  const [mariadb, redis] = await Promise.all([MariaDb.start(), Redis.start()]);
  project.provide('mariadbUrl', mariadb.url);
  project.provide('redisUrl', redis.url);
  project.provide('template', await makeTemplate(mariadb.url, file));
  return async () => {
    await Promise.all([mariadb.stop(), redis.stop()]);
  };
}

/** Everything that asks for the temporary folder, specs included, gets one that goes with the run. */
async function useOwnTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(await quickFolder(), 'rollcall-test-'));
  process.env.TMPDIR = folder;
  // Reading ends when we do, however that comes about; the servers may take a moment longer.
  const script = 'read _; for try in 1 2 3 4 5 6 7 8 9; do rm -rf "$1" && exit; sleep 0.3; done';
  const remover = spawn('sh', ['-c', script, 'sh', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  remover.unref();
  return folder;
}

/** In memory where there is room for it: to make a database takes a tenth of the time. */
async function quickFolder(): Promise<string> {
  const memory = '/dev/shm';
  if (process.env.TMPDIR) return process.env.TMPDIR;
  try {
    await access(memory, constants.W_OK);
    const { bavail, bsize } = await statfs(memory);
    if (bavail * bsize >= ROOM_BYTES) return memory;
  } catch {
    // This machine has no such folder, or it is not for us.
  }
  return tmpdir();
}

async function build(): Promise<void> {
  if (process.env.ROLLCALL_TEST_SKIP_BUILD === '1' || (isQuick && isBuilt())) return;
  const child = new Child(['npm', 'run', 'build'], { env: process.env });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`npm run build failed:\n${child.stdout}${child.stderr}`);
}
