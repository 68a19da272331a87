import { link, rm, stat } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { recordAudit } from '../accounts/audit/record-audit.js';
import { loadConfig } from '../config/config.js';
import { writeKeyFile } from '../platform/backup/key-file.js';
import { inTransaction } from '../platform/database/transaction.js';
import { json } from '../platform/json.js';
import { createPrivateFile } from '../platform/private-files.js';
import { CommandError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { keptSecretKey } from '../platform/secrets/secret-key.js';
import { backupFiles, onlyEmbedded } from './backup-files.js';
import { withApp } from './one-shot.js';
import { readSecret } from './secret-input.js';

/** In characters. */
const PASSPHRASE_MIN_LENGTH = 12;

/**
 * Copies an embedded database to FILE while a server runs, and its secret key, encrypted, to FILE.key. Each appears
 * complete or not at all.
 * @throws CommandError
 */
export async function backup(file: string, options: { json?: boolean }): Promise<void> {
  const config = loadConfig(process.env);
  if (config.database.type !== 'sqlite') throw onlyEmbedded('backup');
  const files = backupFiles(file);
  await refuseExisting(files.database);
  await refuseExisting(files.key);
  const passphrase = await readSecret('passphrase');
  if (passphrase.length < PASSPHRASE_MIN_LENGTH)
    throw new CommandError(`Use a passphrase of at least ${PASSPHRASE_MIN_LENGTH} characters.`);
  const secretKey = config.secretKey ?? (await keptSecretKey(config.dataDir));
  await withApp(async (app) => {
    await copyDatabase(app.get(DataSource), files.database);
    await writeKeyFile(files.key, secretKey, passphrase);
  }, config);
  await print(options.json ? json(files) : sentence(files));
}

async function copyDatabase(dataSource: DataSource, path: string): Promise<void> {
  const draft = `${path}.partial`;
  await rm(draft, { force: true });
  await createPrivateFile(draft);
  try {
    await inTransaction(dataSource, (manager) =>
      recordAudit(manager, { teamId: null, action: 'backup.create', subject: path }),
    );
    // A snapshot: what is written meanwhile is not in it (https://sqlite.org/lang_vacuum.html).
    await dataSource.query('VACUUM INTO ?', [draft]);
    await link(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function refuseExisting(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT',
  );
  if (exists) throw new CommandError(`${path} exists. Choose another name, or move it away.`);
}

const sentence = ({ database, key }: ReturnType<typeof backupFiles>): string =>
  `The database is in ${database}, its key in ${key}. Keep both, and the passphrase in another place.\n`;
