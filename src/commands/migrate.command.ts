import { Logger } from '@nestjs/common';
import { AuditChain } from '../accounts/audit/audit-chain.entity.js';
import { AuditEntry } from '../accounts/audit/audit-entry.entity.js';
import { type Config, loadConfig } from '../config/config.js';
import { Credential } from '../integrations/connections/credential.entity.js';
import { acceptSecretKey, checkSecretKey } from '../integrations/secret-key/check-secret-key.js';
import { SecretKeyCheck } from '../integrations/secret-key/secret-key-check.entity.js';
import { createDataSource, dataSourceOptions } from '../platform/database/data-source.js';
import { prepareDatabaseFiles } from '../platform/database/database-files.js';
import { migrate } from '../platform/database/migrator.js';
import { initialize } from '../platform/database/open-data-source.js';
import { json } from '../platform/json.js';
import { print } from '../platform/process/output.js';
import { StderrLogger } from '../platform/process/stderr-logger.js';
import { loadSecrets } from '../platform/secrets/secret-key.js';
import { asCommand } from './one-shot.js';

interface MigrateOptions {
  json?: boolean;
  acceptSecretKey?: boolean;
}

export async function migrateDatabase(options: MigrateOptions): Promise<void> {
  Logger.overrideLogger(new StderrLogger('warn', { traces: false }));
  const migrations = await bringUpToDate(loadConfig(process.env), options);
  await print(options.json ? json({ migrations }) : sentence(migrations));
}

async function bringUpToDate(config: Config, options: MigrateOptions): Promise<string[]> {
  const { database } = config;
  await prepareDatabaseFiles(config);
  const entities = [AuditChain, AuditEntry, Credential, SecretKeyCheck];
  const dataSource = await initialize(
    createDataSource(await dataSourceOptions(database, entities)),
  );
  try {
    const migrations = await migrate(dataSource, database);
    const agree = options.acceptSecretKey ? acceptSecretKey : checkSecretKey;
    const secrets = await loadSecrets(config);
    await asCommand(() => agree(dataSource, secrets));
    return migrations;
  } finally {
    await dataSource.destroy();
  }
}

const sentence = (names: string[]): string =>
  names.length === 0
    ? 'The schema is up to date.\n'
    : `The schema is up to date. Applied: ${names.join(', ')}\n`;
