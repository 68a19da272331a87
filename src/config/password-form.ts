import { z } from 'zod';

/** In characters. */
export const PASSWORD_MIN_LENGTH = 12;

/** Whether it is nothing but one to four characters again and again, as `aaaaaaaaaaaa` is. */
export const repeatsItself = (password: string): boolean => /^(.{1,4}?)\1+$/su.test(password);

/** What can be told of a password without a list of common ones. */
export const newPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `must have at least ${PASSWORD_MIN_LENGTH} characters`)
  .refine((value) => !repeatsItself(value), 'must not repeat a few characters');
