import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { Member } from '../../members/member.entity.js';
import { DAY_MS } from '../../platform/dates.js';
import type { AccessReview } from './access-review.entity.js';
import { AccessReviewItem } from './access-review-item.entity.js';

/** Whether somebody to be removed still has access at GitHub, by the last sync; `unknown` where no sync follows them. */
export const ACCESS_STATES = ['ended', 'remains', 'unknown'] as const;

export type AccessState = (typeof ACCESS_STATES)[number];

/** How many of those to be removed there are of each. */
export interface Removals extends Record<AccessState, number> {
  /** How many still have access after the days of the review. */
  overdue: number;
}

/** SQL for what `affiliationOf` tells. */
const HAS_ACCESS =
  "m.status = 'active' OR (m.status = 'disabled' AND m.present = 1) OR m.outside = 1";

const STATE = `CASE WHEN i.id IS NULL OR i.disconnected_at IS NOT NULL THEN 'unknown'
  WHEN ${HAS_ACCESS} THEN 'remains' ELSE 'ended' END`;

const selectRemoved = (manager: EntityManager): SelectQueryBuilder<AccessReviewItem> =>
  manager
    .createQueryBuilder(AccessReviewItem, 'item')
    .leftJoin(Member, 'm', 'm.id = item.member_id')
    .leftJoin(GithubIntegration, 'i', 'i.id = m.integration_id')
    .select(STATE, 'state')
    .where("item.decision = 'remove'");

/** What became of those to be removed, for each of these closed reviews. */
export async function removalsOf(
  manager: EntityManager,
  reviews: AccessReview[],
  now: Date,
): Promise<Map<number, Removals>> {
  const closed = reviews.filter(({ state }) => state === 'closed');
  const found = new Map(closed.map(({ id }) => [id, none()]));
  if (closed.length === 0) return found;
  const rows = await selectRemoved(manager)
    .addSelect('item.review_id', 'reviewId')
    .addSelect('COUNT(*)', 'count')
    .andWhere({ reviewId: In([...found.keys()]) })
    .groupBy('item.review_id')
    .addGroupBy('state')
    .getRawMany<{ state: AccessState; reviewId: number; count: number | string }>();
  for (const { state, reviewId, count } of rows) {
    const removals = found.get(reviewId);
    if (removals) removals[state] = Number(count);
  }
  for (const review of closed) {
    const removals = found.get(review.id);
    if (removals && isOver(review, now)) removals.overdue = removals.remains;
  }
  return found;
}

const none = (): Removals => ({ ended: 0, remains: 0, unknown: 0, overdue: 0 });

const isOver = ({ closedAt, removalDays }: AccessReview, now: Date): boolean =>
  closedAt !== null && closedAt.getTime() + removalDays * DAY_MS < now.getTime();

/** What became of these rows, by their ids; nothing of those that are not to be removed. */
export async function accessOf(
  manager: EntityManager,
  ids: number[],
): Promise<Map<number, AccessState>> {
  if (ids.length === 0) return new Map();
  const rows = await selectRemoved(manager)
    .addSelect('item.id', 'id')
    .andWhere({ id: In(ids) })
    .getRawMany<{ state: AccessState; id: number }>();
  return new Map(rows.map(({ id, state }) => [id, state]));
}
