import { spelledOut } from './process/printable.js';

/** A line of a CSV file (RFC 4180), its end included. A value that is missing is an empty cell. */
export const csvLine = (values: readonly unknown[]): string =>
  `${values.map((value) => cell(String(value ?? ''))).join(',')}\r\n`;

/** JSON in a cell; empty for null. */
export const jsonCell = (values: object | null): string => (values ? JSON.stringify(values) : '');

/**
 * For people with a spreadsheet: without a byte order mark, Excel reads UTF-8 in the code page of the machine. Programs
 * get none, because many would take it for a part of the first column's name.
 */
export async function* forSpreadsheets(lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\ufeff';
  yield* lines;
}

/** Quoted if it has any separator: which one a program uses depends on its settings. */
function cell(value: string): string {
  const safe = asText(value);
  return /[",;|\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Where a cell may begin with a formula. With another separator than the comma, a quoted cell becomes several. */
const MAY_BE_FORMULA = /^[\p{Z}\p{C}"=+\-@＝＋－＠]|[,;|\t\r\n]/u;

/**
 * The sign of a formula, also in full width, after all characters that a spreadsheet may ignore before it. A match
 * begins only where such characters begin, so each is looked at once. Or a character at the start that OWASP names.
 */
const SIGNED = /(?<![\p{Z}\p{C}"])[\p{Z}\p{C}"]*[=+\-@＝＋－＠]|^(?=[\0\t\r\n])/gu;

/** People choose their names, and a spreadsheet would run one as a formula (OWASP, CSV Injection; ASVS 1.2.10). */
const asText = (value: string): string =>
  spelledOut(MAY_BE_FORMULA.test(value) ? value.replace(SIGNED, quoted) : value);

/** Puts an apostrophe at each place where a cell may begin. */
const quoted = (signed: string, at: number, value: string): string => {
  const isFirst = at === 0 || ',;|'.includes(value.charAt(at - 1));
  return (isFirst ? "'" : '') + signed.replace(/[\t\r\n]/g, "$&'");
};
