import { type Command, InvalidArgumentError, Option } from 'commander';
import { AFFILIATIONS, type Affiliation } from '../../members/affiliation.js';
import { TWO_FACTOR_WORDS } from '../../members/listing/filter-words.js';
import { parseAsOf } from '../../members/past/as-of.js';
import { PublicError } from '../../platform/public-error.js';
import { formatOption } from '../output-format.js';
import { forOrganization } from './one-shot-command.js';

/** Prints what is known of organizations. */
export function addDirectory(program: Command): void {
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
    .action(async (org, options) => (await import('../members.command.js')).members(org, options));
  forOrganization(program, 'diff')
    .description('print who joined, left or changed between two dates')
    .addOption(dateOption('--from <date>', 'the first date').makeOptionMandatory())
    .addOption(dateOption('--to <date>', 'the second date').makeOptionMandatory())
    .addOption(formatOption())
    .action(async (org, options) => (await import('../diff.command.js')).diff(org, options));
  forOrganization(program, 'person')
    .argument('<login>', 'the present or a former login of the person')
    .description('print one person with the latest changes')
    .action(async (org, login, options) =>
      (await import('../person.command.js')).person(org, login, options),
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
      (await import('../invitations.command.js')).invitations(org, options),
    );
  forOrganization(program, 'teams')
    .description('print the GitHub teams with how many people are in each')
    .action(async (org, options) => (await import('../teams.command.js')).teams(org, options));
  forOrganization(program, 'runs')
    .description('print the runs, newest first')
    .action(async (org, options) => (await import('../runs.command.js')).runs(org, options));
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
