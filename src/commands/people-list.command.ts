import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TeamsService } from '../accounts/users/teams.service.js';
import { json } from '../platform/json.js';
import { CommandError } from '../platform/process/command-error.js';
import { print, printError } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { PeopleListsService } from '../reviews/people-list/people-lists.service.js';
import { presentVersion } from '../reviews/people-list/present-version.js';
import { readPeople } from '../reviews/people-list/read-people.js';
import { type OneShotOptions, withApp } from './one-shot.js';

/** Takes a list from a file: JSON where its name ends so, otherwise CSV. @throws CommandError, PublicError */
export async function importPeopleList(file: string, options: OneShotOptions): Promise<void> {
  await refuseUnreadable(file);
  const format = /\.json$/i.test(file) ? 'json' : 'csv';
  const { people, ignored } = await readPeople(createReadStream(file), format);
  await withApp(async (app) => {
    const { id: teamId } = await app.get(TeamsService).get(options.team);
    const { version, isNew } = await app
      .get(PeopleListsService)
      .import({ teamId, people, source: 'command' });
    const presented = { ...presentVersion(version), isNew, ignoredColumns: ignored };
    if (ignored.length > 0)
      printError(printable(`Columns that Rollcall does not use: ${ignored.join(', ')}.`));
    await print(options.json ? json(presented) : sentence(presented));
  });
}

async function refuseUnreadable(file: string): Promise<void> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    (cause: Error) => {
      throw new CommandError(`${file} cannot be read: ${cause.message}.`, { cause });
    },
  );
  if (!isFile) throw new CommandError(`${file} is no file.`);
}

type Imported = ReturnType<typeof presentVersion> & { isNew: boolean };

const sentence = ({ version, isNew, people, added, changed, removed }: Imported): string =>
  isNew
    ? `Version ${version}: ${persons(people)}, ${added} added, ${changed} changed, ${removed} removed.\n`
    : `The list is as it was: version ${version} with ${persons(people)}.\n`;

const persons = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
