import { parse } from 'csv-parse/sync';

/** The records of a CSV file, by a parser that is not ours and forgives nothing but a byte order mark. @throws Error */
export const parseCsv = (file: string | Uint8Array): string[][] =>
  parse(typeof file === 'string' ? file : Buffer.from(file), {
    record_delimiter: '\r\n',
    bom: true,
  });
