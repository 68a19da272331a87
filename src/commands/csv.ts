/** How a spreadsheet tells a formula (OWASP, CSV Injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A row of RFC 4180. A text that would be a formula is made text again with an apostrophe before it. */
export const csvRow = (values: readonly (string | number | null)[]): string =>
  `${values.map(cell).join(',')}\r\n`;

function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
