import { resolve } from 'node:path';
import { CommandError } from '../platform/process/command-error.js';

/** Where the parts of the backup FILE are. */
export function backupFiles(file: string): { database: string; key: string } {
  const database = resolve(file);
  return { database, key: `${database}.key` };
}

export const onlyEmbedded = (command: string) =>
  new CommandError(
    `\`rollcall ${command}\` is for an embedded database. For MySQL, docs/install-and-operate.md ("Backup") says what to dump, and in which order.`,
  );
