import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { CSV_COLUMNS, FIELDS, type ListedPerson } from './listed-person.js';
import { wrongHeader } from './people-list-problems.js';

/** A row as it was sent: its texts, or what is wrong with it. */
export interface ReadRow {
  /** The number of the line in CSV, of the person in JSON. */
  at: number;
  values?: Partial<Record<keyof ListedPerson, string>>;
  fault?: string;
}

/** The rows of a list, and the columns that Rollcall does not use. */
export interface ReadRows {
  rows: AsyncIterable<ReadRow>;
  /** What `at` counts. */
  unit: 'line' | 'person';
  ignored: string[];
}

const SEPARATORS = [',', ';', '\t'];

/** In characters. A header is shorter, and so is a row. */
const MAX_RECORD = 100_000;

interface CsvRecord {
  record: string[];
  /** `lines`: the number of the record's last line. */
  info: { lines: number };
}

type Faulty = Required<Pick<ReadRow, 'at' | 'fault'>>;

type Column = keyof ListedPerson | undefined;

/**
 * The rows of a CSV file with a header, separated by commas, semicolons or tabs.
 * @throws PublicError `people_list_header`
 */
export async function readCsv(text: AsyncGenerator<string>): Promise<ReadRows> {
  const head = await untilLineEnd(text);
  const faulty: Faulty[] = [];
  const source = prepended(head, text);
  const records = recordsOf(source, separatorOf(head), faulty)[Symbol.asyncIterator]();
  const first: CsvRecord | undefined = (await records.next()).value;
  const [before] = faulty;
  const end = first?.info.lines ?? Number.POSITIVE_INFINITY;
  if (before && before.at < end) throw wrongHeader(before.fault);
  if (!first) throw wrongHeader('the file is empty');
  const names = first.record.map(columnName);
  const columns = names.map((name) => FIELDS.find((field) => CSV_COLUMNS[field] === name));
  checkHeader(names, columns);
  const ignored = first.record.filter((name, i) => name.trim() && !columns[i]);
  return { rows: rowsOf(records, columns, faulty), unit: 'line', ignored };
}

async function untilLineEnd(text: AsyncGenerator<string>): Promise<string> {
  let head = '';
  while (!/\S[^\r\n]*[\r\n]/.test(head) && head.length < MAX_RECORD) {
    const { value, done } = await text.next();
    if (done) break;
    head += value;
  }
  return head;
}

async function* prepended(head: string, text: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* text;
}

/** The separator by which the first line has the most columns of a list. */
function separatorOf(head: string): string {
  const [line = ''] = head.trimStart().split(/[\r\n]/);
  const known = new Set(Object.values(CSV_COLUMNS));
  const count = (separator: string) =>
    line.split(separator).filter((name) => known.has(columnName(name.replaceAll('"', '')))).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** `GitHub login` and `github-login` are `github_login`. */
const columnName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** @param faulty gets the records that are no CSV */
function recordsOf(
  text: AsyncIterable<string>,
  delimiter: string,
  faulty: Faulty[],
): AsyncIterable<CsvRecord> {
  const parser = parse({
    ...{ delimiter, info: true, relax_column_count: true, max_record_size: MAX_RECORD },
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void faulty.push(faultyRow(error)),
  });
  // Whoever reads the parser gets the error.
  pipeline(Readable.from(text), parser, () => undefined);
  return parser;
}

const faultyRow = (error?: CsvError): Faulty => ({
  at: Number(error?.lines),
  fault: `${FAULTS[error?.code ?? ''] ?? 'this is not CSV'}. The lines after it were not read`,
});

const FAULTS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'after a closing quote there is more text',
  INVALID_OPENING_QUOTE: 'a quote stands within a cell that does not begin with one',
  CSV_MAX_RECORD_SIZE: `the row is longer than ${MAX_RECORD.toLocaleString('en')} characters`,
};

function checkHeader(names: string[], columns: Column[]): void {
  const twice = columns.find((column, i) => column && columns.indexOf(column) !== i);
  if (twice) throw wrongHeader(`the column ${CSV_COLUMNS[twice]} is there twice`);
  if (!columns.includes('email')) {
    const found = names.filter(Boolean).join(', ').slice(0, 200);
    throw wrongHeader(`there is no column email${found && ` among ${found}`}`);
  }
}

/** What stands after a row that is no CSV is not read: it cannot be known where the next row begins. */
async function* rowsOf(
  records: AsyncIterator<CsvRecord, undefined>,
  columns: Column[],
  faulty: Faulty[],
): AsyncGenerator<ReadRow> {
  for (;;) {
    const { value } = await records.next();
    const [broken] = faulty;
    if (broken && (!value || value.info.lines >= broken.at)) yield broken;
    if (!value || (broken && value.info.lines >= broken.at)) return;
    if (value.record.some((cell) => cell.trim() !== '')) yield rowOf(value, columns);
  }
}

function rowOf({ record, info }: CsvRecord, columns: Column[]): ReadRow {
  const within = record.reduce((lines, cell) => lines + cell.split(/\r\n|[\r\n]/).length - 1, 0);
  const at = info.lines - within;
  if (record.length !== columns.length)
    return { at, fault: `it has ${record.length} cells, the header has ${columns.length}` };
  const values: ReadRow['values'] = {};
  for (const [i, column] of columns.entries()) if (column) values[column] = record[i] ?? '';
  return { at, values };
}
