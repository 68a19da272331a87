import { spelledOut } from '../../platform/process/printable.js';
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
] as const satisfies (keyof PresentedMember)[];

/** As whom a browser saves it. GitHub's logins are plain; what calls itself GitHub may send others. */
export const csvDisposition = (organizationLogin: string): string =>
  `attachment; filename="${organizationLogin.replace(/[^\w.-]/g, '-')}-members.csv"`;

/** The first line of a directory as CSV (RFC 4180, lines end in CRLF). */
export const csvHeader = (): string => line(COLUMNS);

/** One member's line; what cannot be seen or is not known is an empty cell. */
const csvRow = (member: PresentedMember): string =>
  line(COLUMNS.map((column) => cell(String(member[column] ?? ''))));

/**
 * For people, who open it with a spreadsheet: without a byte order mark Excel takes UTF-8 for the code page of the machine.
 * Programs get none, because many of them would take it for a part of the first column's name.
 */
export async function* spreadsheet(members: AsyncIterable<ShownMember>): AsyncGenerator<string> {
  yield '\ufeff';
  yield* csvLines(members);
}

/** A directory as a file. The header goes out before the first look at the database: a failure later cuts the file off. */
export async function* csvLines(members: AsyncIterable<ShownMember>): AsyncGenerator<string> {
  yield csvHeader();
  for await (const member of members) yield csvRow(presentMember(member));
}

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

/** Quoted where it has a separator of any kind: which one a program reads by, depends on its settings. */
function cell(value: string): string {
  const safe = asText(value);
  return /[",;|\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Where a cell may begin. Read by another separator than the comma, a quoted cell is several. */
const MAY_BE_FORMULA = /^[\p{Z}\p{C}"=+\-@＝＋－＠]|[,;|\t\r\n]/u;

/**
 * The sign of a formula, also in its full width, with all that a spreadsheet may leave out before it. It begins only where
 * such characters begin, so each is looked at once. Or the beginning of a text with a character that OWASP names.
 */
const SIGNED = /(?<![\p{Z}\p{C}"])[\p{Z}\p{C}"]*[=+\-@＝＋－＠]|^(?=[\0\t\r\n])/gu;

/** People choose their names, and a spreadsheet would run one as a formula (OWASP, CSV Injection; ASVS 1.2.10). */
const asText = (value: string): string =>
  spelledOut(MAY_BE_FORMULA.test(value) ? value.replace(SIGNED, quoted) : value);

/** With an apostrophe at each place where a cell may begin. */
const quoted = (signed: string, at: number, value: string): string => {
  const isFirst = at === 0 || ',;|'.includes(value.charAt(at - 1));
  return (isFirst ? "'" : '') + signed.replace(/[\t\r\n]/g, "$&'");
};
