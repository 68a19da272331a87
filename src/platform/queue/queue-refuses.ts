import { PublicError } from '../public-error.js';

/** The error for supervisors while Redis answers but takes no jobs. */
export const queueRefuses = (problem: string): PublicError =>
  new PublicError(
    503,
    'queue_refuses',
    `${problem}.`,
    'No data was lost: runs wait. The operator must make Redis accept writes, and check that REDIS_URL has the primary and the right user.',
  );
