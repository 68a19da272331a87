import { PublicError } from '../public-error.js';

/** What went wrong, for a page to say. */
export interface Told {
  status: number;
  error: { message: string; remedy: string };
}

/** Throws whatever is not meant for people. */
export function tell(error: unknown): Told {
  if (!(error instanceof PublicError)) throw error;
  const { status, message, remedy } = error;
  return { status, error: { message, remedy } };
}
