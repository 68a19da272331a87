import { csvLine, forSpreadsheets } from '../../platform/csv.js';
import type { ShownMember } from './member-query.js';
import { type PresentedMember, presentMember } from './present-member.js';

const COLUMNS = [
  'githubId',
  'login',
  'displayName',
  'email',
  'role',
  'status',
  'avatarUrl',
  'twoFactor',
  'since',
  'disabledBy',
  'disabledAt',
  'suspended',
  'affiliation',
  'samlNameId',
  'scimUserName',
  'verifiedEmails',
] as const satisfies (keyof PresentedMember)[];

/**
 * The file name for a browser. GitHub's logins are safe; a server that only claims to be GitHub may send others.
 * @param asOf the past date or time, as it was given
 */
export const csvDisposition = (organizationLogin: string, asOf = ''): string => {
  const parts = [organizationLogin, 'members', ...(asOf ? [asOf] : [])];
  return `attachment; filename="${parts.join('-').replace(/[^\w.-]/g, '-')}.csv"`;
};

/** The first line of a directory as CSV (RFC 4180, lines end in CRLF). */
export const csvHeader = (): string => csvLine(COLUMNS);

/** One member's line; an unknown value is an empty cell. Addresses have a space between them. */
const csvRow = ({ verifiedEmails, ...member }: PresentedMember): string => {
  const cells = { ...member, verifiedEmails: verifiedEmails.join(' ') };
  return csvLine(COLUMNS.map((column) => cells[column]));
};

type Members = AsyncIterable<ShownMember> | Iterable<ShownMember>;

/** A directory for people with a spreadsheet. */
export const spreadsheet = (members: Members): AsyncGenerator<string> =>
  forSpreadsheets(csvLines(members));

/** A directory as CSV. The header is sent before the first query: if that fails later, the file ends early. */
export async function* csvLines(members: Members): AsyncGenerator<string> {
  yield csvHeader();
  for await (const member of members) yield csvRow(presentMember(member));
}
