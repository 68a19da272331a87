import { z } from 'zod';

/** In characters. */
export const PASSWORD_MIN_LENGTH = 12;

/** Whether it only repeats one to four characters, such as `aaaaaaaaaaaa`. */
export const repeatsItself = (password: string): boolean => /^(.{1,4}?)\1+$/su.test(password);

/** The rules for a password that need no list of common ones. */
export const newPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `must have at least ${PASSWORD_MIN_LENGTH} characters`)
  .refine((value) => !repeatsItself(value), 'must not repeat a few characters');
