import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Affiliation } from '../../members/affiliation.js';
import type { OrganizationRole } from '../../members/member.entity.js';
import { AccessReviewItem } from './access-review-item.entity.js';
import { type DecisionFilter, noRows, type ReviewCounts } from './review-decisions.js';

/** What finds rows of a review; all where a value is undefined. */
export interface ItemFilter {
  /** An organization's login, in any case. */
  organization?: string | undefined;
  decision?: DecisionFilter | undefined;
  affiliation?: Affiliation | undefined;
  role?: OrganizationRole | undefined;
  /** A reviewer's email address when the review started, or `any` for rows that any admin decides. */
  reviewer?: string | undefined;
  /** Words of which each is in the login, a name, the email address or the SAML NameID. */
  search?: string | undefined;
}

/** The same, in one review. */
export interface ReviewItemFilter extends ItemFilter {
  reviewId: number;
  ids?: number[] | undefined;
  /** Only the rows of this reviewer. */
  reviewerId?: number | undefined;
}

/** The last row of the page before. */
export interface ItemPosition {
  sortKey: string;
  id: number;
}

interface Condition {
  sql: string;
  values?: Record<string, unknown>;
}

/** More words find nobody else. */
const MAX_WORDS = 8;

/** Conditions in the names of columns, for reading and for writing. */
export const conditionsOf = (filter: ReviewItemFilter): Condition[] => [
  { sql: 'review_id = :reviewId', values: { reviewId: filter.reviewId } },
  ...given(filter.ids, (ids) => ({ sql: 'id IN (:...ids)', values: { ids } })),
  ...given(filter.reviewerId, (id) => ({ sql: 'reviewer_id = :own', values: { own: id } })),
  ...given(filter.organization, (login) => ({
    ...{ sql: 'LOWER(organization) = :organization' },
    values: { organization: login.toLowerCase() },
  })),
  ...given(filter.decision, decisionIs),
  ...given(filter.affiliation, (of) => ({ sql: 'affiliation = :of', values: { of } })),
  ...given(filter.role, (role) => ({ sql: 'role = :role', values: { role } })),
  ...given(filter.reviewer, reviewerIs),
  ...wordsIn(filter.search ?? ''),
];

const given = <T>(value: T | undefined, condition: (value: T) => Condition): Condition[] =>
  value === undefined ? [] : [condition(value)];

const decisionIs = (decision: DecisionFilter): Condition =>
  decision === 'undecided'
    ? { sql: 'decision IS NULL' }
    : { sql: 'decision = :decision', values: { decision } };

const reviewerIs = (reviewer: string): Condition =>
  reviewer === 'any'
    ? { sql: 'reviewer IS NULL' }
    : { sql: 'reviewer = :reviewer', values: { reviewer: reviewer.toLowerCase() } };

const wordsIn = (search: string): Condition[] =>
  search
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, MAX_WORDS)
    .map((word, i) => ({
      sql: `search_key LIKE :word${i} ESCAPE '!'`,
      values: { [`word${i}`]: `%${word.replace(/[!%_]/g, '!$&')}%` },
    }));

/** Rows by login. */
export function selectItems(
  manager: EntityManager,
  filter: ReviewItemFilter,
  after?: ItemPosition,
): SelectQueryBuilder<AccessReviewItem> {
  const select = manager
    .createQueryBuilder(AccessReviewItem, 'item')
    .orderBy('item.sortKey')
    .addOrderBy('item.id');
  for (const { sql, values } of conditionsOf(filter)) select.andWhere(sql, values);
  if (after)
    // The first part lets the databases begin there in the index.
    select.andWhere('sort_key >= :sortKey AND (sort_key > :sortKey OR id > :id)', after);
  return select;
}

/** How many rows there are of each decision. */
export async function countItems(
  manager: EntityManager,
  filter: ReviewItemFilter,
): Promise<ReviewCounts> {
  const rows = await selectItems(manager, filter)
    .orderBy()
    .select('item.decision', 'decision')
    .addSelect('COUNT(*)', 'count')
    .groupBy('item.decision')
    .getRawMany<{ decision: DecisionFilter | null; count: number | string }>();
  const counts = noRows();
  for (const { decision, count } of rows) {
    counts[decision ?? 'undecided'] = Number(count);
    counts.total += Number(count);
  }
  return counts;
}
