import { copyFile, rename, rm, stat } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { recordAudit } from '../accounts/audit/record-audit.js';
import { type Config, loadConfig } from '../config/config.js';
import { readKeyFile } from '../platform/backup/key-file.js';
import { prepareDatabaseFiles } from '../platform/database/database-files.js';
import { DatabaseUnusable } from '../platform/database/database-unusable.js';
import { inTransaction } from '../platform/database/transaction.js';
import { json } from '../platform/json.js';
import { CommandError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { findSecretKey, keepSecretKey } from '../platform/secrets/secret-key.js';
import { backupFiles, onlyEmbedded } from './backup-files.js';
import { withApp } from './one-shot.js';
import { readSecret } from './secret-input.js';

/**
 * Puts the backup FILE, with its key, into an empty DATA_DIR. The database is checked, and updated to this build's schema,
 * before it has its name.
 * @throws CommandError
 */
export async function restore(file: string, options: { json?: boolean }): Promise<void> {
  const config = loadConfig(process.env);
  const { database, dataDir } = config;
  if (database.type !== 'sqlite') throw onlyEmbedded('restore');
  const { path } = database;
  await refuseExisting(path);
  const files = backupFiles(file);
  const secretKey = await readKeyFile(files.key, await readSecret('passphrase'));
  await refuseOtherKey(config, secretKey);
  const draft = `${path}.restoring`;
  await removeDatabase(draft);
  try {
    await prepareDatabaseFiles({ dataDir, database: { ...database, path: draft } });
    await copyFile(files.database, draft).catch(unreadable(files.database));
    // An empty file would be a new database.
    if ((await stat(draft)).size === 0) throw damaged(files.database);
    await check(files.database, { ...config, secretKey, database: { ...database, path: draft } });
    if (!config.secretKey) await keepSecretKey(dataDir, secretKey);
    await rename(draft, path);
  } finally {
    await removeDatabase(draft);
  }
  await print(options.json ? json({ database: path }) : `Restored to ${path}. Start the server.\n`);
}

/** Opens it as a server does: its schema is updated, and the key is compared with its check value. */
async function check(file: string, config: Config): Promise<void> {
  await withApp(async (app) => {
    const dataSource = app.get(DataSource);
    const [{ quick_check: found }] = await dataSource.query('PRAGMA quick_check');
    if (found !== 'ok') throw new Error(found);
    await inTransaction(dataSource, (manager) =>
      recordAudit(manager, { teamId: null, action: 'backup.restore', subject: file }),
    );
  }, config).catch((cause: unknown) => {
    // One that opens, but that a newer build made.
    const isNewer = cause instanceof DatabaseUnusable && cause.cause === undefined;
    throw isNewer || cause instanceof CommandError ? cause : damaged(file, cause);
  });
}

const damaged = (file: string, cause?: unknown) =>
  new CommandError(`${file} is no complete backup. Get the whole file again.`, { cause });

/** Never over a database: a server may be using it. */
async function refuseExisting(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 0)
    throw new CommandError(
      `${path} is a database already. Stop the server, and move ${path}, ${path}-wal and ${path}-shm away. Then restore again.`,
    );
}

async function refuseOtherKey({ secretKey, dataDir }: Config, restored: Buffer): Promise<void> {
  const present = secretKey ?? (await findSecretKey(dataDir));
  if (present && !present.equals(restored))
    throw new CommandError(
      secretKey
        ? 'SECRET_KEY is not the key of the backup. Unset it: the key of the backup is put into DATA_DIR.'
        : `${dataDir}/secret.key is another key than the one of the backup. Move it away. Then restore again.`,
    );
}

const unreadable = (path: string) => (error: NodeJS.ErrnoException) => {
  throw new CommandError(`The backup ${path} cannot be read (${error.code}).`);
};

async function removeDatabase(path: string): Promise<void> {
  for (const end of ['', '-wal', '-shm', '.migrating']) await rm(path + end, { force: true });
}
