import { type Command, InvalidArgumentError } from 'commander';
import { LOGIN } from '../../github/access/organization-name.js';
import { MAX_PEOPLE } from '../../integrations/hints/max-people.js';
import { forOrganization } from './one-shot-command.js';

/** Connects organizations, and syncs them. */
export function addSync(program: Command): void {
  forOrganization(program, 'connect')
    .description('check a token and store it for an organization')
    .requiredOption('--token-stdin', 'read the token from stdin (required)')
    .option('--api-url <url>', 'the API of a GitHub Enterprise Server: https://HOST/api/v3')
    .option('--public-only', 'keep only members whose membership is public')
    .action(async (org, options) => (await import('../connect.command.js')).connect(org, options));
  forOrganization(program, 'sync')
    .description('sync the members and wait until the run ends')
    .option('--login <login>', 'only this person; may be repeated', login)
    .action(async (org, options) => (await import('../sync.command.js')).sync(org, options));
}

function login(value: string, before: string[] = []): string[] {
  if (!LOGIN.test(value)) throw new InvalidArgumentError('A login is as in github.com/LOGIN.');
  const logins = [...before, value];
  if (logins.length <= MAX_PEOPLE) return logins;
  throw new InvalidArgumentError(`Name at most ${MAX_PEOPLE} people, or sync everybody.`);
}
