import { DAY_MS } from '../../platform/dates.js';
import { printable } from '../../platform/process/printable.js';
import { PublicError } from '../../platform/public-error.js';

/** The column's length. */
const MAX_NAME_LENGTH = 100;

/** In days. For longer, a token can be valid without limit. */
const MAX_LIFE_DAYS = 3_650;

/** The name, which the history shows for what the token does. @throws PublicError `token_name_invalid` */
export function nameOf(typed: string): string {
  const name = typed.trim();
  if (name && name.length <= MAX_NAME_LENGTH && printable(name) === name) return name;
  throw new PublicError(
    422,
    'token_name_invalid',
    name ? 'The token name is not valid.' : 'A token needs a name.',
    'Use 1 to 100 characters on one line. Say what the token is for.',
  );
}

export const isTokenLife = (days: number): boolean =>
  Number.isInteger(days) && days >= 1 && days <= MAX_LIFE_DAYS;

/** Null for never. @throws PublicError `token_life_invalid` */
export function expiryIn(days: number | null): Date | null {
  if (days === null) return null;
  if (isTokenLife(days)) return new Date(Date.now() + days * DAY_MS);
  throw new PublicError(
    422,
    'token_life_invalid',
    'The token lifetime is not valid.',
    'Use 1 to 3650 days, or no expiry.',
  );
}
