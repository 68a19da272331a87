import { csvLine } from '../../platform/csv.js';
import type { PresentedMatch } from './present-match.js';

export const MATCH_COLUMNS = [
  ...['category', 'matchedBy', 'email', 'name', 'githubLogin', 'status', 'endDate', 'managerEmail'],
  ...['login', 'githubId', 'displayName', 'organization', 'affiliation', 'candidates'],
];

/** The lines of a CSV file; the logins of candidates have a space between them. */
export async function* matchesCsv(matches: AsyncIterable<PresentedMatch>): AsyncGenerator<string> {
  yield csvLine(MATCH_COLUMNS);
  for await (const { category, matchedBy, person, member, candidates } of matches)
    yield csvLine([
      ...[category, matchedBy, person?.email, person?.name, person?.githubLogin],
      ...[person?.status, person?.endDate, person?.managerEmail],
      ...[member?.login, member?.githubId, member?.displayName],
      ...[member?.organization, member?.affiliation],
      candidates.map(({ login }) => login).join(' '),
    ]);
}
