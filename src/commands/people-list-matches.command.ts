import { TeamsService } from '../accounts/users/teams.service.js';
import { jsonArray } from '../platform/json.js';
import { print, printError } from '../platform/process/output.js';
import type { MatchCategory } from '../reviews/matching/match-category.js';
import { MatchesService } from '../reviews/matching/matches.service.js';
import { matchesCsv } from '../reviews/matching/matches-csv.js';
import type { PresentedMatch } from '../reviews/matching/present-match.js';
import { PeopleListsService } from '../reviews/people-list/people-lists.service.js';
import { withApp } from './one-shot.js';
import { formatOf, type OutputOptions } from './output-format.js';
import { tableLines } from './table.js';

interface MatchesOptions extends OutputOptions {
  category?: MatchCategory;
}

type Matches = () => AsyncIterable<PresentedMatch>;

/** Prints who of the people list is who on GitHub; stderr says where there is no list. */
export async function peopleListMatches({ category, ...options }: MatchesOptions): Promise<void> {
  const format = formatOf(options);
  await withApp(async (app) => {
    const { id: teamId } = await app.get(TeamsService).get(options.team);
    const all = () => app.get(MatchesService).all({ teamId, category });
    for await (const text of FORMATS[format](all)) await print(text);
    const [version] = await app.get(PeopleListsService).versions(teamId, 1);
    if (!version)
      printError('The team has no people list. Send one with `rollcall people-list import FILE`.');
  });
}

const FORMATS = {
  json: (all: Matches) => jsonArray(all()),
  csv: (all: Matches) => matchesCsv(all()),
  table: (all: Matches) => tableLines(HEADER, () => rows(all)),
};

const HEADER = ['CATEGORY', 'EMAIL', 'NAME', 'LOGIN', 'ORGANIZATION', 'MATCHED BY', 'CANDIDATES'];

async function* rows(all: Matches) {
  for await (const { category, person, member, matchedBy, candidates } of all()) {
    const logins = candidates.map(({ login }) => login).join(' ');
    yield [
      ...[category, person?.email ?? null, person?.name || null],
      ...[member?.login ?? null, member?.organization ?? null, matchedBy, logins || null],
    ];
  }
}
