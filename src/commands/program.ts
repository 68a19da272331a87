import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isTokenLife } from '../accounts/api-tokens/new-api-token.js';
import { loadConfig } from '../config/config.js';
import { ORGANIZATION_FORMS, readOrganizationName } from '../github/access/organization-name.js';
import { parseAsOf } from '../members/past/as-of.js';
import { PublicError } from '../platform/public-error.js';
import { inPackage } from '../platform/web/package-root.js';
import { startDemo } from './demo-start.js';

/** The command line as people see it. What a command needs is loaded when it runs, so that wrong usage is told at once. */
export function rollcall(): Command {
  const program = new Command('rollcall')
    .description('An always-current, auditable roster of a GitHub organization')
    .version(version())
    .exitOverride()
    // What went wrong is said in one place, on one line.
    .configureOutput({ writeErr: () => undefined });
  addProcesses(program);
  addSync(program);
  addDirectory(program);
  addAccounts(program);
  addDemo(program);
  return program;
}

function version(): string {
  const file = readFileSync(inPackage('package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

function addProcesses(program: Command): void {
  program
    .command('serve')
    .description('answer requests and work on runs, or what ROLE says of the two')
    .action(() => serve(process.env));
  program
    .command('worker')
    .description('work on runs: ROLE=worker serve')
    .action(() => serve({ ...process.env, ROLE: 'worker' }));
  program
    .command('migrate')
    .description("bring the database's schema up to date")
    .option('--json', 'print the names of what ran')
    .option(
      '--accept-secret-key',
      'take the present SECRET_KEY: the earlier one is lost, and all organizations are connected again',
    )
    .action(async (options) => (await import('./migrate.command.js')).migrateDatabase(options));
}

async function serve(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(environment);
  await (await import('../main.js')).serve(config, startDemo);
}

/** A command that ends by itself, with what all of those take. */
const oneShot = (program: Command, nameAndArguments: string): Command =>
  program
    .command(nameAndArguments)
    .option('--json', 'print one JSON document on stdout, and nothing else')
    .option('--team <slug>', 'the team whose it is', 'default');

/** A command for one organization, which stands as ORG in the documentation. */
const forOrganization = (program: Command, name: string): Command =>
  oneShot(program, name).argument('<org>', 'its name on GitHub, its address, or its id', named);

function named(organization: string): string {
  if (readOrganizationName(organization)) return organization;
  throw new InvalidArgumentError(ORGANIZATION_FORMS);
}

function addSync(program: Command): void {
  forOrganization(program, 'connect')
    .description('check a token and store it for an organization')
    .requiredOption('--token-stdin', 'read the token from stdin: there is no other way')
    .option('--api-url <url>', 'the API of a GitHub Enterprise Server: https://HOST/api/v3')
    .option('--public-only', 'only those who show their membership to all; nobody else is kept')
    .action(async (org, options) => (await import('./connect.command.js')).connect(org, options));
  forOrganization(program, 'sync')
    .description('sync the members, and see the run to its end')
    .action(async (org, options) => (await import('./sync.command.js')).sync(org, options));
}

function addDirectory(program: Command): void {
  forOrganization(program, 'members')
    .description('print the directory, sorted by login')
    .addOption(
      new Option('--status <list>', 'any of active,left,disabled')
        .default(['active'], 'active')
        .argParser(statuses),
    )
    .addOption(
      new Option(
        '--as-of <date>',
        'as it was then: 2026-03-01 is the end of that day, UTC; or 2026-03-01T12:00:00Z',
      ).argParser(moment),
    )
    .addOption(new Option('--format <format>', 'default: table').choices(['table', 'csv', 'json']))
    .action(async (org, options) => (await import('./members.command.js')).members(org, options));
  forOrganization(program, 'runs')
    .description('print the runs, newest first')
    .action(async (org, options) => (await import('./runs.command.js')).runs(org, options));
}

function statuses(list: string): string[] {
  const given = list.split(',').map((status) => status.trim());
  if (given.every((status) => ['active', 'left', 'disabled'].includes(status))) return given;
  throw new InvalidArgumentError('It is a list of active, left and disabled, with commas between.');
}

function moment(text: string): Date {
  try {
    return parseAsOf(text);
  } catch (error) {
    throw error instanceof PublicError ? new InvalidArgumentError(error.remedy) : error;
  }
}

function addAccounts(program: Command): void {
  oneShot(program, 'user <email>')
    .description('make a user and the team, or set the password and end all sessions')
    .requiredOption('--password-stdin', 'read the password from stdin: there is no other way')
    .addOption(
      new Option('--role <role>', 'default: as it is, and member for somebody new').choices([
        'admin',
        'member',
      ]),
    )
    .action(async (email, options) => (await import('./user.command.js')).user(email, options));
  oneShot(program, 'token <name>')
    .description('make an API token for the team, shown this once')
    .option('--read-only', 'it may sync and change nothing')
    .addOption(new Option('--expires-in-days <days>', 'default: it never expires').argParser(days))
    .action(async (name, options) => (await import('./token.command.js')).token(name, options));
}

function days(text: string): number {
  if (/^\d{1,4}$/.test(text) && isTokenLife(Number(text))) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1 to 3650.');
}

function addDemo(program: Command): void {
  oneShot(program, 'demo')
    .description('try Rollcall on a simulated organization of 2,500 people')
    .option('--once', 'end after the counts')
    .action(async (options) => (await import('./demo.command.js')).demo(options));
}
