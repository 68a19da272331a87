#!/usr/bin/env node
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addConnect } from './commands/connect.command.js';
import { addDemo } from './commands/demo.command.js';
import { addMembers } from './commands/members.command.js';
import { addMigrate } from './commands/migrate.command.js';
import { reportFailure } from './commands/outcome.js';
import { addRuns } from './commands/runs.command.js';
import { addServe } from './commands/serve.command.js';
import { addSync } from './commands/sync.command.js';
import { addToken } from './commands/token.command.js';
import { addUser } from './commands/user.command.js';
import { addWorker } from './commands/worker.command.js';
import { endWithReader } from './platform/process/output.js';

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

const program = new Command('rollcall')
  .description('An always-current, auditable roster of a GitHub organization')
  .version(version)
  .exitOverride()
  // What went wrong is said in one place, on one line.
  .configureOutput({ writeErr: () => undefined });

const commands = [
  addServe,
  addWorker,
  addMigrate,
  addConnect,
  addSync,
  addMembers,
  addRuns,
  addUser,
  addToken,
  addDemo,
];
for (const add of commands) add(program);

endWithReader();
process.on('uncaughtException', (error) => process.exit(reportFailure(error)));
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
