import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { currentSender } from '../../accounts/audit/audit-sender.js';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { AccessReview } from './access-review.entity.js';
import { countItems } from './find-items.js';
import { lockOpenReview } from './lock-review.js';
import { openRows } from './review-decisions.js';
import { evidencedEntries, hashOf } from './review-evidence.js';
import { reviewUndecided } from './review-problems.js';
import { reviewSubject } from './review-subject.js';

/** Closes access reviews, and keeps the hash of their evidence. */
@Injectable()
export class ReviewClosing {
  constructor(private readonly dataSource: DataSource) {}

  /** A closed review never changes. @throws PublicError `review_not_found`, `review_closed`, `review_undecided` */
  close(teamId: number, reviewId: number): Promise<AccessReview> {
    return inTransaction(this.dataSource, async (manager) => {
      const review = await lockOpenReview(manager, { teamId, reviewId, ownRowsOf: undefined });
      review.counts = await countItems(manager, { reviewId });
      if (openRows(review.counts) > 0) throw reviewUndecided(review.counts);
      const closing = { state: 'closed', closedBy: currentSender().name, closedAt: new Date() };
      Object.assign(review, closing);
      const auditEntries = await evidencedEntries(manager, review);
      review.sha256 = await hashOf(manager, review, auditEntries);
      const { state, closedBy, closedAt, counts, sha256 } = review;
      const written = { state, closedBy, closedAt, counts, sha256, auditEntries };
      await manager.update(AccessReview, { id: reviewId }, written);
      await recordAudit(manager, {
        ...{ teamId, action: 'review.close', subject: reviewSubject(review) },
        after: { ...counts, sha256 },
      });
      return review;
    });
  }
}
