import { PublicError } from '../../platform/public-error.js';

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const MAX_LENGTH = 254;

export const isEmailAddress = (text: string): boolean =>
  text.length <= MAX_LENGTH && EMAIL.test(text);

/** The address as it is stored. @throws PublicError `email_invalid` */
export function emailAddress(typed: string): string {
  const address = typed.trim().toLowerCase();
  if (isEmailAddress(address)) return address;
  throw emailInvalid(typed);
}

const emailInvalid = (typed: string) =>
  new PublicError(
    422,
    'email_invalid',
    `'${typed}' is not an email address.`,
    'Use one like ada@example.com.',
  );
