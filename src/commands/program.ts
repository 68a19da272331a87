import { Argument, Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { print } from '../platform/process/output.js';
import { packageVersion } from '../platform/web/package-root.js';
import { SHELLS } from './completion.js';
import { startDemo } from './demo-start.js';
import { addAccounts } from './program/account-commands.js';
import { addDirectory } from './program/directory-commands.js';
import { addKeys } from './program/key-commands.js';
import { oneShot } from './program/one-shot-command.js';
import { addPeopleList } from './program/people-list-commands.js';
import { addReviews } from './program/review-commands.js';
import { addSync } from './program/sync-commands.js';

/** The command line. The modules of a command are loaded when it runs, so that wrong usage is reported at once. */
export function rollcall(): Command {
  const program = new Command('rollcall')
    .description('An always-current, auditable roster of a GitHub organization')
    .version(packageVersion())
    .exitOverride()
    // `reportFailure` reports errors, on one line.
    .configureOutput({ writeErr: () => undefined });
  addProcesses(program);
  addSync(program);
  addDirectory(program);
  addPeopleList(program);
  addReviews(program);
  addAccounts(program);
  addKeys(program);
  addDoctor(program);
  addDemo(program);
  addCompletion(program);
  addExamples(program);
  return program;
}

function addProcesses(program: Command): void {
  program
    .command('serve')
    .description('start the web server and the worker (ROLE selects one of them)')
    .action(() => serve(process.env));
  program
    .command('worker')
    .description('start a worker only, like ROLE=worker serve')
    .action(() => serve({ ...process.env, ROLE: 'worker' }));
  program
    .command('migrate')
    .description('update the database schema')
    .option('--json', 'print the applied migrations as JSON')
    .option(
      '--accept-secret-key',
      'use the current SECRET_KEY when the earlier one is lost; every organization must be connected again',
    )
    .action(async (options) => (await import('./migrate.command.js')).migrateDatabase(options));
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check database, Redis, GitHub, clock, disk and credentials, one line each')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (options) => (await import('./doctor.command.js')).doctor(options));
}

async function serve(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(environment);
  await (await import('../main.js')).serve(config, startDemo);
}

function addDemo(program: Command): void {
  oneShot(program, 'demo')
    .description('try Rollcall on a simulated organization of 2,500 people')
    .option('--once', 'exit after printing the counts')
    .action(async (options) => (await import('./demo.command.js')).demo(options));
}

function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(SHELLS)))
    .action((shell: keyof typeof SHELLS) => print(SHELLS[shell](program)));
}

const EXAMPLES: Record<string, string> = {
  serve: 'PORT=8080 rollcall serve',
  worker: 'REDIS_URL=redis://localhost DATABASE_URL=mysql://… rollcall worker',
  migrate: 'rollcall migrate',
  connect: 'rollcall connect acme --token-stdin < token.txt',
  sync: 'rollcall sync acme --login octocat',
  members: 'rollcall members acme --status active,left --format csv > members.csv',
  diff: 'rollcall diff acme --from 2026-03-01 --to 2026-06-30',
  invitations: 'rollcall invitations acme --state failed',
  teams: 'rollcall teams acme --json',
  runs: 'rollcall runs acme --json',
  'people-list': 'rollcall people-list import people.csv',
  review: 'rollcall review verify evidence.json',
  user: 'rollcall user ada@example.com --role admin --password-stdin < password.txt',
  'sign-in-link': 'rollcall sign-in-link ada@example.com',
  token: 'rollcall token reports --read-only --expires-in-days 90',
  audit: 'rollcall audit verify',
  doctor: 'rollcall doctor',
  backup: 'rollcall backup rollcall-2026-03-01.sqlite --passphrase-stdin < passphrase.txt',
  restore: 'rollcall restore rollcall-2026-03-01.sqlite --passphrase-stdin < passphrase.txt',
  'rotate-key': 'SECRET_KEY=… SECRET_KEY_PREVIOUS=… rollcall rotate-key',
  demo: 'rollcall demo',
  completion: 'rollcall completion bash > /etc/bash_completion.d/rollcall',
};

function addExamples(program: Command): void {
  for (const command of program.commands)
    command.addHelpText('after', `\nExample:\n  ${EXAMPLES[command.name()]}`);
}
