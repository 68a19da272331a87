import type { EntityManager } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { AccessReview } from './access-review.entity.js';
import { AccessReviewItem } from './access-review-item.entity.js';
import { reviewClosed, reviewNotFound } from './review-problems.js';
import type { Reviewing } from './reviewing.js';

/** @throws PublicError `review_not_found`, also for another team's, and for somebody who reviews none of its rows */
export async function visibleReview(
  manager: EntityManager,
  { teamId, reviewId, ownRowsOf }: Reviewing,
): Promise<AccessReview> {
  const review = await manager.findOneBy(AccessReview, { id: reviewId, teamId });
  const own = { reviewId, reviewerId: ownRowsOf };
  const isVisible = ownRowsOf === undefined || (await manager.existsBy(AccessReviewItem, own));
  if (review && isVisible) return review;
  throw reviewNotFound();
}

/** Locks a review until the transaction ends: decisions and the closing come one after the other. @throws `review_closed` */
export async function lockOpenReview(
  manager: EntityManager,
  reviewing: Reviewing,
): Promise<AccessReview> {
  await visibleReview(manager, reviewing);
  const select = manager.createQueryBuilder(AccessReview, 'review');
  const review = await forUpdate(select.where({ id: reviewing.reviewId })).getOne();
  if (!review) throw reviewNotFound();
  if (review.state === 'closed') throw reviewClosed();
  return review;
}
