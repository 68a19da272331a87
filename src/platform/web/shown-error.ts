import { PublicError } from '../public-error.js';

/** An error for a page to show. */
export interface ShownError {
  status: number;
  error: { message: string; remedy: string };
}

/** Throws errors that are not for people. */
export function shownError(error: unknown): ShownError {
  if (!(error instanceof PublicError)) throw error;
  const { status, message, remedy } = error;
  return { status, error: { message, remedy } };
}
