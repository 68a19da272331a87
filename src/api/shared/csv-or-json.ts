import type { Request } from 'express';
import { PublicError } from '../../platform/public-error.js';

const TYPES = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
} as const;

type Format = keyof typeof TYPES;

/** @param formats what the list is available as */
export const notAcceptable = (formats: readonly Format[] = ['json', 'csv']) =>
  new PublicError(
    406,
    'not_acceptable',
    `The list is available as ${choice(formats.map((format) => NAMES[format]))}.`,
    `Send ${choice(formats.map((format) => `\`Accept: ${TYPES[format]}\``))}.`,
  );

const NAMES = { json: 'JSON', csv: 'CSV', ndjson: 'NDJSON' };

const choice = (words: string[]): string =>
  `${words.slice(0, -1).join(', ')} or ${words.slice(-1).join()}`;

/** The format that the client accepts; the first one where it does not say. @throws PublicError 406 */
export function wantedFormat<F extends Format>(request: Request, formats: readonly F[]): F {
  const type = request.accepts(formats.map((format) => TYPES[format]));
  const wanted = formats.find((format) => TYPES[format] === type);
  if (!wanted) throw notAcceptable(formats);
  return wanted;
}

/** Whether the client wants CSV and not JSON. @throws PublicError 406 */
export const wantsCsv = (request: Request): boolean =>
  wantedFormat(request, ['json', 'csv'] as const) === 'csv';

/** The CSV that a route has beside JSON. */
export const asCsv = (example: string) => ({
  [TYPES.csv]: { schema: { type: 'string' }, example },
});

/** The NDJSON that a route has beside JSON. */
export const asNdjson = (example: string) => ({
  [TYPES.ndjson]: { schema: { type: 'string' }, example },
});
