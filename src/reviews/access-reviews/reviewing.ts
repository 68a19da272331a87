import type { Identity } from '../../accounts/identity.js';

/** Somebody who reads or decides in a review. */
export interface Reviewing {
  teamId: number;
  reviewId: number;
  /** The user whose rows alone they may see and decide; undefined for an admin and for an API token. */
  ownRowsOf: number | undefined;
}

/** An admin sees all rows, everybody else only those that they review. */
export const ownRowsOf = ({ role, userId }: Pick<Identity, 'role' | 'userId'>) =>
  role === 'admin' ? undefined : (userId ?? 0);
