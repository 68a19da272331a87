import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { currentSender } from '../../accounts/audit/audit-sender.js';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { AccessReview } from './access-review.entity.js';
import { AccessReviewItem } from './access-review-item.entity.js';
import { conditionsOf, countItems, type ItemFilter, type ReviewItemFilter } from './find-items.js';
import { lockOpenReview } from './lock-review.js';
import type { Decision, ReviewCounts } from './review-decisions.js';
import { reasonRequired, reviewItemNotFound } from './review-problems.js';
import { reviewSubject } from './review-subject.js';
import type { Reviewing } from './reviewing.js';

/** Which rows: chosen ones, or all that a filter finds. */
export type DecidedRows = { ids: number[] } | { filter: ItemFilter };

export interface Verdict {
  /** Null takes decisions back. */
  decision: Decision | null;
  /** Why; needed to remove and to question. */
  reason: string;
}

export interface Decided {
  /** How many rows got the decision. */
  decided: number;
  /** Of the whole review, afterwards. */
  counts: ReviewCounts;
}

/** More are named by their number alone. */
const MAX_IDS_IN_AUDIT = 100;

/** Keeps what reviewers decide. */
@Injectable()
export class ItemDecisions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Decides about all of the rows, or none. A filter finds only what the reviewer may decide.
   * @throws PublicError `review_not_found`, `review_closed`, `review_item_not_found`, `reason_required`
   */
  async decide(reviewing: Reviewing, rows: DecidedRows, typed: Verdict): Promise<Decided> {
    const verdict = { ...typed, reason: typed.reason.trim() };
    const { decision } = verdict;
    if ((decision === 'remove' || decision === 'question') && !verdict.reason)
      throw reasonRequired();
    return inTransaction(this.dataSource, async (manager) => {
      const review = await lockOpenReview(manager, reviewing);
      const filter = { ...filterOf(rows), reviewId: review.id, reviewerId: reviewing.ownRowsOf };
      const { total: decided } = await countItems(manager, filter);
      if (filter.ids && decided !== filter.ids.length) throw reviewItemNotFound();
      if (decided === 0) return { decided, counts: review.counts };
      await write(manager, filter, verdict);
      const counts = await countItems(manager, { reviewId: review.id });
      await manager.update(AccessReview, { id: review.id }, { counts });
      await recordAudit(manager, {
        ...{ teamId: review.teamId, action: 'review.decide', subject: reviewSubject(review) },
        after: { ...verdict, rows: decided, ...named(rows) },
      });
      return { decided, counts };
    });
  }
}

const filterOf = (rows: DecidedRows): ItemFilter & { ids?: number[] } =>
  'ids' in rows ? { ids: [...new Set(rows.ids)] } : rows.filter;

const named = (rows: DecidedRows) =>
  'ids' in rows ? { ids: rows.ids.slice(0, MAX_IDS_IN_AUDIT) } : { filter: rows.filter };

/** One statement, however many rows there are. */
async function write(
  manager: EntityManager,
  filter: ReviewItemFilter,
  { decision, reason }: Verdict,
): Promise<void> {
  const by = decision && { decidedBy: currentSender().name, decidedAt: new Date() };
  const update = manager
    .createQueryBuilder()
    .update(AccessReviewItem)
    .set({ decision, reason, ...(by ?? { decidedBy: null, decidedAt: null }) });
  for (const { sql, values } of conditionsOf(filter)) update.andWhere(sql, values);
  await update.execute();
}
