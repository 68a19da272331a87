import { type Command, Option } from 'commander';
import { CATEGORIES } from '../../reviews/matching/match-category.js';
import { formatOption } from '../output-format.js';
import { oneShot } from './one-shot-command.js';

/** Who should be there, and who of them is on GitHub. */
export function addPeopleList(program: Command): void {
  const list = program
    .command('people-list')
    .description('take the list of people who should be there, and print who of them is on GitHub');
  oneShot(list, 'import <file>')
    .description('replace the list of the team by a CSV file, or by a JSON file (FILE.json)')
    .action(async (file, options) =>
      (await import('../people-list.command.js')).importPeopleList(file, options),
    );
  oneShot(list, 'matches')
    .description('print who of the list is who on GitHub')
    .addOption(new Option('--category <category>', 'default: all').choices(CATEGORIES))
    .addOption(formatOption())
    .action(async (options) =>
      (await import('../people-list-matches.command.js')).peopleListMatches(options),
    );
}
