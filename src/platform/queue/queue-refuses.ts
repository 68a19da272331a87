import { PublicError } from '../public-error.js';

/** What supervisors are told while Redis answers and takes no jobs. */
export const queueRefuses = (problem: string): PublicError =>
  new PublicError(
    503,
    'queue_refuses',
    `${problem}.`,
    'Nothing is lost: runs wait. The operator of Redis makes it take writes, and checks that REDIS_URL names the primary and the right user.',
  );
