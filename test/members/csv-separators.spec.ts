import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLines } from '../../src/members/listing/members-csv.js';
import { parseCsv } from '../support/csv.js';
import { people as known } from './support/people.js';

const [somebody] = known;

const SEPARATORS = [',', ';', '\t', '|'];

/** What a spreadsheet may take for a formula, also behind quotes that it takes away. */
const FORMULA = /^[\p{Z}\p{C}"]*[=+\-@＝＋－＠]/u;

const pieces = [...SEPARATORS, ...'\n\r "\'=+-@＝＠\0\u00a0\ufeff\u202e\u2067xyz'];
const text = fc.string({ unit: fc.constantFrom(...pieces), maxLength: 12 });

async function csvOf(people: { name: string; email: string }[]): Promise<string> {
  let csv = '';
  for await (const line of csvLines(Readable.from(people.map(memberOf)))) csv += line;
  return csv;
}

const memberOf = (person: { name: string; email: string }) => ({ ...somebody, ...person });

/** As a program reads it that goes by that separator, and knows no quotes. */
const cellsBy = (delimiter: string, csv: string): string[] =>
  parse(csv, {
    ...{ delimiter, quote: null, relax_column_count: true },
    record_delimiter: ['\r\n', '\n', '\r'],
  }).flat();

const people = fc.array(fc.record({ name: text, email: text }), { minLength: 1, maxLength: 5 });

it.each(SEPARATORS)('read by %j, no cell is a formula', async (separator) => {
  await fc.assert(
    fc.asyncProperty(people, async (some) => {
      const cells = cellsBy(separator, await csvOf(some));
      expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
    }),
  );
});

it.each(SEPARATORS)('read by %j with its quotes, no cell is a formula', async (delimiter) => {
  const csv = await csvOf([{ name: "x;=cmd|' /C calc'!A0;y\t=1|=1,=1", email: '' }]);
  const cells: string[][] = parse(csv, { delimiter, relax_quotes: true, relax_column_count: true });
  expect(cells.flat().filter((cell) => FORMULA.test(cell))).toEqual([]);
});

it('looks at each character of a long text once', async () => {
  const csv = await csvOf([{ name: '\t'.repeat(200_000), email: '' }]);
  expect(csv).toContain(`"'${'\t'.repeat(200_000)}"`);
});

it('has everybody in a line, and nothing added but apostrophes', async () => {
  const plain = (value: string) =>
    value.replaceAll("'", '').replace(/[\0\u202e\u2067]/g, (one) => {
      return `<U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
    });
  await fc.assert(
    fc.asyncProperty(people, async (some) => {
      const csv = await csvOf(some);
      expect(csv).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069]/);
      const rows = parseCsv(csv).slice(1);
      expect(rows.map(([, , name = '', email = '']) => [name, email].map(plain))).toEqual(
        some.map(({ name, email }) => [name || somebody?.login || '', email].map(plain)),
      );
    }),
  );
});
