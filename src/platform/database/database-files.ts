import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../config/config.js';
import { createPrivateFile, makePrivate } from '../private-files.js';
import { DatabaseUnusable } from './database-unusable.js';

/**
 * Creates the file of an embedded database if there is none, makes it private and checks that it can be written. SQLite
 * gives the mode of the file to its `-wal` and `-shm`. A folder other than DATA_DIR keeps its mode.
 * @throws DatabaseUnusable
 */
export async function prepareDatabaseFiles({
  database,
  dataDir,
}: Pick<Config, 'database' | 'dataDir'>): Promise<void> {
  if (database.type !== 'sqlite') return;
  const { path } = database;
  const folder = dirname(path);
  await makePrivate(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(refuseFolder(folder));
  for (const end of ['-wal', '-shm']) await makePrivate(`${path}${end}`);
  await createPrivateFile(path).catch(refuseFolder(folder));
  await access(path, constants.W_OK).catch(refuseFile(path));
  await access(folder, constants.W_OK).catch(refuseFolder(folder));
}

const refuseFolder = (folder: string) => (cause: NodeJS.ErrnoException) => {
  throw new DatabaseUnusable(
    `The folder ${folder} cannot be written (${cause.code}). Give the user that runs Rollcall permission to write to it, or set DATA_DIR or DATABASE_URL to another place.`,
    { cause },
  );
};

const refuseFile = (path: string) => (cause: NodeJS.ErrnoException) => {
  throw new DatabaseUnusable(
    `The database file ${path} is read-only (${cause.code}). Give the user that runs Rollcall permission to write to it, or set DATA_DIR or DATABASE_URL to another file.`,
    { cause },
  );
};
