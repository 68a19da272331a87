import { CommanderError } from 'commander';
import { ConfigError } from '../config/config-error.js';
import { DatabaseUnusable } from '../platform/database/database-unusable.js';
import { isDiskFull } from '../platform/database/dialect.js';
import { diskFull } from '../platform/database/disk-full.js';
import { CommandError, UsageError } from '../platform/process/command-error.js';
import { printError } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { PublicError } from '../platform/public-error.js';

export const FAILED = 1;
const WRONG_USAGE = 2;
/** A sync is complete, except for removals that wait for an admin's approval. */
export const HELD = 3;

/** Prints one line: what went wrong and what to do. Returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  printError(`rollcall: ${printable(lineOf(error))}`);
  const isUsage =
    error instanceof UsageError || error instanceof CommanderError || error instanceof ConfigError;
  return isUsage ? WRONG_USAGE : FAILED;
}

function lineOf(error: unknown): string {
  if (error instanceof CommanderError) return usageLine(error);
  if (error instanceof PublicError) return `${error.message} ${error.remedy}`.trim();
  const isOurs = [CommandError, ConfigError, DatabaseUnusable].some(
    (type) => error instanceof type,
  );
  if (isOurs) return (error as Error).message;
  const { message, path, code } = error as NodeJS.ErrnoException;
  if (path || code === 'ENOSPC')
    return `A file could not be read or written (${message}). Check its permissions and the free disk space. Data is kept in DATA_DIR.`;
  return isDiskFull(error)
    ? lineOf(diskFull(error))
    : `Rollcall failed with an internal error: ${message}`;
}

/** Without the value of an unknown option, which may be a secret. */
function usageLine({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'Give a command. `rollcall --help` lists them.';
  const problem = message.replace(/^error: /, '').replace(/'(--?[^'=]+)=.*'/s, "'$1'");
  return `${problem.replaceAll('\n', ' ').replace(/[^.?)]$/, '$&.')} See \`rollcall --help\`.`;
}
