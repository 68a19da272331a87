import type { Request } from 'express';
import { PublicError } from '../../platform/public-error.js';

export const notAcceptable = () =>
  new PublicError(
    406,
    'not_acceptable',
    'The list is available as JSON or CSV.',
    'Send `Accept: application/json` or `Accept: text/csv`.',
  );

/** Which of both the client accepts; JSON where it does not say. @throws PublicError 406 */
export function wantsCsv(request: Request): boolean {
  const type = request.accepts(['application/json', 'text/csv']);
  if (!type) throw notAcceptable();
  return type === 'text/csv';
}

/** The CSV that a route has beside JSON. */
export const asCsv = (example: string) => ({
  'text/csv': { schema: { type: 'string' }, example },
});
