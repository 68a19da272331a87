import { PublicError } from '../public-error.js';

/** The error for people and supervisors while the database cannot be reached. */
export const databaseUnavailable = (cause?: unknown): PublicError =>
  new PublicError(
    503,
    'database_unavailable',
    'The database does not answer.',
    'No data was lost. Try again in a moment. If it continues, the operator must check the database and DATABASE_URL.',
    { cause },
  );
