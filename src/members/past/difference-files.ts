import { csvLine, jsonCell } from '../../platform/csv.js';
import type { MemberDifference } from './member-difference.js';

export const DIFFERENCE_COLUMNS = [
  'kind',
  'githubId',
  'login',
  'displayName',
  'avatarUrl',
  'before',
  'after',
] as const satisfies (keyof MemberDifference)[];

/** A comparison as CSV; the values before and after are JSON in a cell. */
export async function* differencesCsv(
  differences: AsyncIterable<MemberDifference>,
): AsyncGenerator<string> {
  yield csvLine(DIFFERENCE_COLUMNS);
  for await (const difference of differences) {
    const { before, after } = difference;
    const values = { ...difference, before: jsonCell(before), after: jsonCell(after) };
    yield csvLine(DIFFERENCE_COLUMNS.map((column) => values[column]));
  }
}

/** The name of its file, without the ending. @param dates as they were given */
export const differencesName = (
  organizationLogin: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): string => [organizationLogin, 'members-diff', from, to].filter(Boolean).join('-');
