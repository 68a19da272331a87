import { PASSWORD_MIN_LENGTH, repeatsItself } from '../../config/password-form.js';
import { PublicError } from '../../platform/public-error.js';

/** Digits and signs that people append to a common password. */
const TAIL = /[\d\W_]+$/;

/**
 * Refuses a new password that is short, repeats itself or is among the most common ones.
 * @throws PublicError 422 `password_too_short`, `password_too_common`
 */
export async function refuseWeakPassword(password: string): Promise<void> {
  if (password.length < PASSWORD_MIN_LENGTH)
    throw new PublicError(
      422,
      'password_too_short',
      'The password is too short.',
      `Use at least ${PASSWORD_MIN_LENGTH} characters.`,
    );
  if (repeatsItself(password) || (await isCommon(password)))
    throw new PublicError(
      422,
      'password_too_common',
      'The password is easy to guess.',
      'Use another one, such as four unrelated words.',
    );
}

/** Loads the list only when a password is set: that takes longer than many commands. */
async function isCommon(password: string): Promise<boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const common = new Set<unknown>(dictionary['passwords-common']);
  const typed = password.toLowerCase();
  return common.has(typed) || common.has(typed.replace(TAIL, ''));
}
