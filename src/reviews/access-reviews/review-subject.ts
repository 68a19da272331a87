import type { AccessReview } from './access-review.entity.js';

/** What the audit log calls a review. It never changes, and no other review of the team has it. */
export const reviewSubject = ({ id, name }: Pick<AccessReview, 'id' | 'name'>): string =>
  `review ${id}: ${name}`;
