import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { isTokenLife } from '../accounts/api-tokens/new-api-token.js';
import { loadConfig } from '../config/config.js';
import {
  LOGIN,
  ORGANIZATION_FORMS,
  readOrganizationName,
} from '../github/access/organization-name.js';
import { MAX_PEOPLE } from '../integrations/hints/max-people.js';
import { AFFILIATIONS, type Affiliation } from '../members/affiliation.js';
import { TWO_FACTOR_WORDS } from '../members/listing/filter-words.js';
import { parseAsOf } from '../members/past/as-of.js';
import { print } from '../platform/process/output.js';
import { PublicError } from '../platform/public-error.js';
import { packageVersion } from '../platform/web/package-root.js';
import { SHELLS } from './completion.js';
import { startDemo } from './demo-start.js';
import { formatOption } from './output-format.js';

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

function addKeys(program: Command): void {
  backupCommand(program, 'backup')
    .description(
      'copy an embedded database and its key to FILE and FILE.key, also while it is used',
    )
    .action(async (file, options) => (await import('./backup.command.js')).backup(file, options));
  backupCommand(program, 'restore')
    .description('put a backup into an empty DATA_DIR')
    .action(async (file, options) => (await import('./restore.command.js')).restore(file, options));
  program
    .command('rotate-key')
    .description(
      'encrypt the stored secrets with SECRET_KEY, where SECRET_KEY_PREVIOUS is the old key',
    )
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (options) => (await import('./rotate-key.command.js')).rotateKey(options));
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check database, Redis, GitHub, clock, disk and credentials, one line each')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (options) => (await import('./doctor.command.js')).doctor(options));
}

const backupCommand = (program: Command, name: string): Command =>
  program
    .command(name)
    .argument('<file>', 'the copy of the database; its key is beside it, in FILE.key')
    .requiredOption('--passphrase-stdin', 'read the passphrase of the key from stdin (required)')
    .option('--json', 'print one JSON document on stdout and nothing else');

async function serve(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = loadConfig(environment);
  await (await import('../main.js')).serve(config, startDemo);
}

/** A command that ends by itself, with the options that all of these have. */
const oneShot = (program: Command, nameAndArguments: string): Command =>
  program
    .command(nameAndArguments)
    .option('--json', 'print one JSON document on stdout and nothing else')
    .option('--team <slug>', 'the team', 'default');

/** A command for one organization, which the documentation calls ORG. */
const forOrganization = (program: Command, name: string): Command =>
  oneShot(program, name).argument(
    '<org>',
    'the organization: its name on GitHub, its URL or its id',
    named,
  );

function named(organization: string): string {
  if (readOrganizationName(organization)) return organization;
  throw new InvalidArgumentError(ORGANIZATION_FORMS);
}

function login(value: string, before: string[] = []): string[] {
  if (!LOGIN.test(value)) throw new InvalidArgumentError('A login is as in github.com/LOGIN.');
  const logins = [...before, value];
  if (logins.length <= MAX_PEOPLE) return logins;
  throw new InvalidArgumentError(`Name at most ${MAX_PEOPLE} people, or sync everybody.`);
}

function addSync(program: Command): void {
  forOrganization(program, 'connect')
    .description('check a token and store it for an organization')
    .requiredOption('--token-stdin', 'read the token from stdin (required)')
    .option('--api-url <url>', 'the API of a GitHub Enterprise Server: https://HOST/api/v3')
    .option('--public-only', 'keep only members whose membership is public')
    .action(async (org, options) => (await import('./connect.command.js')).connect(org, options));
  forOrganization(program, 'sync')
    .description('sync the members and wait until the run ends')
    .option('--login <login>', 'only this person; may be repeated', login)
    .action(async (org, options) => (await import('./sync.command.js')).sync(org, options));
}

function addDirectory(program: Command): void {
  forOrganization(program, 'members')
    .description('print the directory, sorted by login')
    .addOption(
      new Option('--status <list>', 'active, left or disabled, separated by commas')
        .default(['active'], 'active')
        .argParser(statuses),
    )
    .addOption(
      new Option('--affiliation <kind>', 'members or outside collaborators')
        .choices(AFFILIATIONS)
        .argParser(affiliation)
        .default('member'),
    )
    .addOption(new Option('--role <role>', 'only these').choices(['admin', 'member']))
    .addOption(
      new Option('--two-factor <state>', 'only people with this state').choices(TWO_FACTOR_WORDS),
    )
    .option('--no-identity', 'only people without an identity of single sign-on')
    .option('--github-team <slug>', 'only people in this GitHub team')
    .option('--include-child-teams', 'also people who are only in teams within that one')
    .addOption(dateOption('--as-of <date>', 'the directory at that time'))
    .addOption(formatOption())
    .action(async (org, options) => (await import('./members.command.js')).members(org, options));
  forOrganization(program, 'diff')
    .description('print who joined, left or changed between two dates')
    .addOption(dateOption('--from <date>', 'the first date').makeOptionMandatory())
    .addOption(dateOption('--to <date>', 'the second date').makeOptionMandatory())
    .addOption(formatOption())
    .action(async (org, options) => (await import('./diff.command.js')).diff(org, options));
  forOrganization(program, 'person')
    .argument('<login>', 'the present or a former login of the person')
    .description('print one person with the latest changes')
    .action(async (org, login, options) =>
      (await import('./person.command.js')).person(org, login, options),
    );
  forOrganization(program, 'invitations')
    .description('print the invitations to the organization, the latest first')
    .addOption(
      new Option('--state <state>', 'those that wait, or those that failed')
        .choices(['pending', 'failed'])
        .default('pending'),
    )
    .addOption(formatOption())
    .action(async (org, options) =>
      (await import('./invitations.command.js')).invitations(org, options),
    );
  forOrganization(program, 'teams')
    .description('print the GitHub teams with how many people are in each')
    .action(async (org, options) => (await import('./teams.command.js')).teams(org, options));
  forOrganization(program, 'runs')
    .description('print the runs, newest first')
    .action(async (org, options) => (await import('./runs.command.js')).runs(org, options));
}

const dateOption = (flags: string, words: string): Option =>
  new Option(
    flags,
    `${words}: 2026-03-01 (end of the day, UTC; today is now) or 2026-03-01T12:00:00Z`,
  ).argParser(moment);

function affiliation(text: string): Affiliation {
  const found = AFFILIATIONS.find((one) => one === text);
  if (found) return found;
  throw new InvalidArgumentError(
    `Use ${AFFILIATIONS.join(' or ')}. \`rollcall invitations\` prints who is invited.`,
  );
}

function statuses(list: string): string[] {
  const given = list.split(',').map((status) => status.trim());
  if (given.every((status) => ['active', 'left', 'disabled'].includes(status))) return given;
  throw new InvalidArgumentError('Use active, left or disabled, separated by commas.');
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
    .description('create a user (and the team), or set the password and end all sessions')
    .requiredOption('--password-stdin', 'read the password from stdin (required)')
    .addOption(
      new Option('--role <role>', 'default: unchanged, or member for a new user').choices([
        'admin',
        'member',
      ]),
    )
    .action(async (email, options) => (await import('./user.command.js')).user(email, options));
  program
    .command('sign-in-link <email>')
    .description('print a link with which a user signs in once within 10 minutes')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (email, options) =>
      (await import('./sign-in-link.command.js')).signInLink(email, options),
    );
  oneShot(program, 'token <name>')
    .description('create an API token for the team and print it once')
    .option('--read-only', 'the token cannot sync or change anything')
    .addOption(new Option('--expires-in-days <days>', 'default: no expiry').argParser(days))
    .action(async (name, options) => (await import('./token.command.js')).token(name, options));
  const audit = program.command('audit').description('work with the audit log');
  audit
    .command('verify')
    .description('prove that no entry was changed, removed or added by hand')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (options) => (await import('./audit.command.js')).verifyAudit(options));
}

function days(text: string): number {
  if (/^\d{1,4}$/.test(text) && isTokenLife(Number(text))) return Number(text);
  throw new InvalidArgumentError('Use a whole number from 1 to 3650.');
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
