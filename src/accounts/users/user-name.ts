import { printable } from '../../platform/process/printable.js';
import { PublicError } from '../../platform/public-error.js';

/** The column's length. */
const MAX_NAME_LENGTH = 100;

/** The name as it is stored; null for none. @throws PublicError `user_name_invalid` */
export function userName(typed: string): string | null {
  const name = typed.trim();
  if (name.length <= MAX_NAME_LENGTH && printable(name) === name) return name || null;
  throw new PublicError(
    422,
    'user_name_invalid',
    'The name is not valid.',
    'Use at most 100 characters on one line.',
  );
}
