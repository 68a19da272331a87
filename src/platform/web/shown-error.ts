import { PublicError } from '../public-error.js';

/** What went wrong, for a page to say. */
export interface ShownError {
  status: number;
  error: { message: string; remedy: string };
}

/** Throws whatever is not meant for people. */
export function shownError(error: unknown): ShownError {
  if (!(error instanceof PublicError)) throw error;
  const { status, message, remedy } = error;
  return { status, error: { message, remedy } };
}
