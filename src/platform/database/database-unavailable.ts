import { PublicError } from '../public-error.js';

/** What people and supervisors are told while the database is away. */
export const DATABASE_UNAVAILABLE = {
  status: 503,
  code: 'database_unavailable',
  detail: 'The database does not answer.',
  remedy:
    'No data was lost. Try again in a moment. If it continues, the operator must check the database and DATABASE_URL.',
};

export function databaseUnavailable(cause: unknown): PublicError {
  const { status, code, detail, remedy } = DATABASE_UNAVAILABLE;
  return new PublicError(status, code, detail, remedy, { cause });
}
