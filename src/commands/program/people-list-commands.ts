import type { Command } from 'commander';
import { oneShot } from './one-shot-command.js';

/** Who should be there, and who of them is on GitHub. */
export function addPeopleList(program: Command): void {
  const list = program
    .command('people-list')
    .description('take the list of people who should be there');
  oneShot(list, 'import <file>')
    .description('replace the list of the team by a CSV file, or by a JSON file (FILE.json)')
    .action(async (file, options) =>
      (await import('../people-list.command.js')).importPeopleList(file, options),
    );
}
