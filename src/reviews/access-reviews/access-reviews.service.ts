import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccessReview } from './access-review.entity.js';
import type { AccessReviewItem } from './access-review-item.entity.js';
import {
  countItems,
  type ItemFilter,
  type ItemPosition,
  type ReviewItemFilter,
  selectItems,
} from './find-items.js';
import { visibleReview } from './lock-review.js';
import {
  type PresentedItem,
  type PresentedReview,
  presentItem,
  presentReview,
} from './present-review.js';
import { presentedItems } from './read-items.js';
import { type AccessState, accessOf, type Removals, removalsOf } from './removals.js';
import type { ReviewCounts } from './review-decisions.js';
import type { Reviewing } from './reviewing.js';

export interface ItemsPage {
  items: AccessReviewItem[];
  /** Where the next page begins; undefined on the last one. */
  next: ItemPosition | undefined;
}

/** A review, with what became of those to be removed; null for an open one. */
export interface ShownReview extends PresentedReview {
  removals: Removals | null;
}

/** A row, with what became of somebody to be removed; null for all others. */
export interface ShownItem extends PresentedItem {
  access: AccessState | null;
}

/** Reads access reviews; never another team's. */
@Injectable()
export class AccessReviewsService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Newest first; `before` is the id of the last one on the previous page.
   * @param ownRowsOf only reviews in which this user reviews somebody
   */
  page(
    teamId: number,
    {
      limit,
      before,
      ownRowsOf,
    }: { limit: number; before?: number; ownRowsOf?: number | undefined },
  ): Promise<AccessReview[]> {
    const select = this.dataSource
      .createQueryBuilder(AccessReview, 'review')
      .where('review.team_id = :teamId', { teamId })
      .orderBy('review.id', 'DESC')
      .limit(limit);
    if (before !== undefined) select.andWhere('review.id < :before', { before });
    if (ownRowsOf !== undefined)
      select.andWhere(
        `EXISTS (SELECT 1 FROM access_review_items item
          WHERE item.review_id = review.id AND item.reviewer_id = :ownRowsOf)`,
        { ownRowsOf },
      );
    return select.getMany();
  }

  /** @throws PublicError `review_not_found` */
  get(reviewing: Reviewing): Promise<AccessReview> {
    return visibleReview(this.dataSource.manager, reviewing);
  }

  /** Rows by login. The review must be visible: see `get`. */
  async items(
    filter: ReviewItemFilter,
    { limit, after }: { limit: number; after?: ItemPosition | undefined },
  ): Promise<ItemsPage> {
    const select = selectItems(this.dataSource.manager, filter, after);
    const found = await select.limit(limit + 1).getMany();
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, next: last && { sortKey: last.sortKey, id: last.id } };
  }

  /** All rows that a filter finds, one at a time. */
  all(filter: ReviewItemFilter, signal?: AbortSignal): AsyncGenerator<PresentedItem> {
    return presentedItems(this.dataSource.manager, filter, signal);
  }

  count(filter: ReviewItemFilter): Promise<ReviewCounts> {
    return countItems(this.dataSource.manager, filter);
  }

  /** With what became of those to be removed. */
  async present(reviews: AccessReview[]): Promise<ShownReview[]> {
    const removals = await removalsOf(this.dataSource.manager, reviews, new Date());
    return reviews.map((review) => ({
      ...presentReview(review),
      removals: removals.get(review.id) ?? null,
    }));
  }

  /** The same for rows of a review. */
  async presentItems({ state }: AccessReview, items: AccessReviewItem[]): Promise<ShownItem[]> {
    const ids = state === 'closed' ? items.map(({ id }) => id) : [];
    const access = await accessOf(this.dataSource.manager, ids);
    return items.map((item) => ({ ...presentItem(item), access: access.get(item.id) ?? null }));
  }

  /** The rows that somebody may see. */
  visible({ reviewId, ownRowsOf }: Reviewing, filter: ItemFilter = {}): ReviewItemFilter {
    return { ...filter, reviewId, reviewerId: ownRowsOf };
  }
}
