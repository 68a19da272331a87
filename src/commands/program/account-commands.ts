import { type Command, InvalidArgumentError, Option } from 'commander';
import { isTokenLife } from '../../accounts/api-tokens/new-api-token.js';
import { oneShot } from './one-shot-command.js';

/** Users, API tokens and the audit log. */
export function addAccounts(program: Command): void {
  oneShot(program, 'user <email>')
    .description('create a user (and the team), or set the password and end all sessions')
    .requiredOption('--password-stdin', 'read the password from stdin (required)')
    .addOption(
      new Option('--role <role>', 'default: unchanged, or member for a new user').choices([
        'admin',
        'member',
      ]),
    )
    .action(async (email, options) => (await import('../user.command.js')).user(email, options));
  program
    .command('sign-in-link <email>')
    .description('print a link with which a user signs in once within 10 minutes')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (email, options) =>
      (await import('../sign-in-link.command.js')).signInLink(email, options),
    );
  oneShot(program, 'token <name>')
    .description('create an API token for the team and print it once')
    .option('--read-only', 'the token cannot sync or change anything')
    .addOption(new Option('--expires-in-days <days>', 'default: no expiry').argParser(days))
    .action(async (name, options) => (await import('../token.command.js')).token(name, options));
  const audit = program.command('audit').description('work with the audit log');
  audit
    .command('verify')
    .description('prove that no entry was changed, removed or added by hand')
    .option('--json', 'print one JSON document on stdout and nothing else')
    .action(async (options) => (await import('../audit.command.js')).verifyAudit(options));
}

function days(text: string): number {
  if (/^\d{1,4}$/.test(text) && isTokenLife(Number(text))) return Number(text);
  throw new InvalidArgumentError('Use a whole number from 1 to 3650.');
}
