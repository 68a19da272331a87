import { type Command, InvalidArgumentError } from 'commander';
import { ORGANIZATION_FORMS, readOrganizationName } from '../../github/access/organization-name.js';

/** A command that ends by itself, with the options that all of these have. */
export const oneShot = (program: Command, nameAndArguments: string): Command =>
  program
    .command(nameAndArguments)
    .option('--json', 'print one JSON document on stdout and nothing else')
    .option('--team <slug>', 'the team', 'default');

/** A command for one organization, which the documentation calls ORG. */
export const forOrganization = (program: Command, name: string): Command =>
  oneShot(program, name).argument(
    '<org>',
    'the organization: its name on GitHub, its URL or its id',
    named,
  );

function named(organization: string): string {
  if (readOrganizationName(organization)) return organization;
  throw new InvalidArgumentError(ORGANIZATION_FORMS);
}
