import { PublicError } from '../../platform/public-error.js';
import type { SignInLimit } from './sign-in-limits.js';

/** A refusal with 429, and how long to wait, in seconds, for `Retry-After`. */
export class SignInDelayed extends PublicError {
  constructor(
    code: string,
    message: string,
    remedy: string,
    readonly retryAfter: number,
  ) {
    super(429, code, message, remedy);
  }
}

/** @param wait in ms */
export function tooManySignIns({ counted }: SignInLimit, wait: number): SignInDelayed {
  const seconds = Math.ceil(wait / 1000);
  const minutes = Math.ceil(seconds / 60);
  const words =
    minutes > 1 ? `${minutes} minutes` : seconds > 1 ? `${seconds} seconds` : 'a second';
  return new SignInDelayed(
    'too_many_requests',
    counted ? 'Too many sign-ins.' : 'Too many failed sign-ins.',
    `Wait ${words} and try again.`,
    seconds,
  );
}

export const signInsBusy = () =>
  new SignInDelayed(
    'sign_ins_busy',
    'Too many sign-ins at the same time.',
    'Try again in a few seconds.',
    5,
  );

export const passwordSignInOff = () =>
  new PublicError(
    403,
    'password_sign_in_off',
    'Passwords are turned off on this server.',
    'Sign in in another way that the sign-in page offers, or ask the operator for a sign-in link.',
  );

export const signInLinkInvalid = () =>
  new PublicError(
    422,
    'sign_in_link_invalid',
    'The sign-in link was already used, has expired, or is wrong.',
    'Ask the operator for a new one.',
  );

export const wrongPassword = () =>
  new PublicError(
    401,
    'sign_in_refused',
    'The email address or the password is wrong.',
    'Check both and try again.',
  );
