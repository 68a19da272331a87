import { DataSource, DataSourceOptions } from 'typeorm';
import { createDataSource } from './data-source.js';
import { DatabaseUnusable } from './database-unusable.js';
import { isOutdated, migrate } from './migrator.js';

/**
 * Opens the database. An embedded database is migrated; a shared one is not, because other processes may still run the
 * old build.
 * @throws DatabaseUnusable
 */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await initialize(createDataSource(options));
  try {
    if (await isOutdated(dataSource)) await upgrade(dataSource, options);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function upgrade(dataSource: DataSource, options: DataSourceOptions): Promise<void> {
  if (options.type !== 'better-sqlite3')
    throw new DatabaseUnusable(
      'The database has an older schema than this build. Run `rollcall migrate` first.',
    );
  await migrate(dataSource, { type: 'sqlite', path: String(options.database) });
}

/** Opens the database without a check of the schema. @throws DatabaseUnusable */
export const initialize = (dataSource: DataSource): Promise<DataSource> =>
  dataSource.initialize().catch((cause: unknown) => {
    throw new DatabaseUnusable(
      `The database cannot be opened (${reason(cause)}). ${remedyOf(cause)}`,
      { cause },
    );
  });

interface Cause {
  code?: string;
  message?: string;
}

/** Never the URL, which contains the password. */
const reason = (cause: unknown): string => {
  const { code, message } = cause as Cause;
  // All TLS failures have this code.
  if (code === 'HANDSHAKE_SSL_ERROR') return message ?? code;
  return code ?? message ?? 'unknown reason';
};

const REMEDIES: Record<string, string> = {
  HANDSHAKE_NO_SSL_SUPPORT:
    'The server does not support TLS. Enable TLS there, or remove ssl-mode and ssl-ca from DATABASE_URL.',
  HANDSHAKE_SSL_ERROR:
    "Check ssl-mode and ssl-ca in DATABASE_URL: ssl-ca names the PEM file of the authority that issued the server's certificate, and for VERIFY_IDENTITY the certificate must be for the host in DATABASE_URL.",
  ER_ACCESS_DENIED_ERROR:
    'Check the user and the password in DATABASE_URL. A MariaDB server that requires TLS gives the same error: add ssl-mode, such as ?ssl-mode=VERIFY_IDENTITY.',
  ER_SECURE_TRANSPORT_REQUIRED:
    'The server requires TLS. Add ssl-mode to DATABASE_URL, such as ?ssl-mode=VERIFY_IDENTITY.',
};

const remedyOf = (cause: unknown): string =>
  REMEDIES[(cause as Cause).code ?? ''] ?? 'Check DATABASE_URL and DATA_DIR.';
