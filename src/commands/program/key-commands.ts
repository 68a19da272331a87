import type { Command } from 'commander';

/** Backups, and the key that secrets are encrypted with. */
export function addKeys(program: Command): void {
  backupCommand(program, 'backup')
    .description(
      'copy an embedded database and its key to FILE and FILE.key, also while it is used',
    )
    .action(async (file, options) => (await import('../backup.command.js')).backup(file, options));
  backupCommand(program, 'restore')
    .description('put a backup into an empty DATA_DIR')
    .action(async (file, options) =>
      (await import('../restore.command.js')).restore(file, options),
    );
  program
    .command('rotate-key')
    .description(
      'encrypt the stored secrets with SECRET_KEY, where SECRET_KEY_PREVIOUS is the old key',
    )
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (options) => (await import('../rotate-key.command.js')).rotateKey(options));
}

const backupCommand = (program: Command, name: string): Command =>
  program
    .command(name)
    .argument('<file>', 'the copy of the database; its key is beside it, in FILE.key')
    .requiredOption('--passphrase-stdin', 'read the passphrase of the key from stdin (required)')
    .option('--json', 'print one JSON document on stdout and nothing else');
