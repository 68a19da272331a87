import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { AccessReviewsService } from '../../reviews/access-reviews/access-reviews.service.js';
import type { ItemFilter } from '../../reviews/access-reviews/find-items.js';
import {
  type DecisionFilter,
  openRows,
  type ReviewCounts,
} from '../../reviews/access-reviews/review-decisions.js';
import type { Reviewing } from '../../reviews/access-reviews/reviewing.js';
import { ownRowsOf } from '../../reviews/access-reviews/reviewing.js';
import { itemRow } from './item-row.js';
import { ReviewAddress } from './review-address.js';
import { DECISION_WORDS, SHOWN_DECISIONS } from './review-words.js';
import { reviewRow } from './reviews-page.js';

const ITEMS_PER_PAGE = 50;

interface More {
  notice?: string | undefined;
  refused?: object;
  reason?: string;
}

/** Somebody who reads or decides in a review. */
export const reviewingOf = (identity: Identity, reviewId: number): Reviewing => ({
  ...{ teamId: identity.teamId, reviewId, ownRowsOf: ownRowsOf(identity) },
});

/** The data of the page of one access review. */
@Injectable()
export class ReviewPage {
  constructor(private readonly reviews: AccessReviewsService) {}

  async view(identity: Identity, reviewId: number, query: unknown, more: More = {}) {
    const reviewing = reviewingOf(identity, reviewId);
    const review = await this.reviews.get(reviewing);
    const address = new ReviewAddress(reviewId, query);
    const { filter, after } = address;
    const rows = (some: ItemFilter) => this.reviews.visible(reviewing, some);
    const found = await this.reviews.items(rows(filter), { limit: ITEMS_PER_PAGE, after });
    const items = await this.reviews.presentItems(review, found.items);
    const [shown] = await this.reviews.present([review]);
    const counts = await this.reviews.count(rows({ ...filter, decision: undefined }));
    const isOpen = review.state === 'open';
    const isAdmin = reviewing.ownRowsOf === undefined;
    const { decision } = address;
    const matching = decision ? counts[decision] : counts.total;
    return {
      title: review.name,
      review: reviewRow(review),
      rows: items.map((item) => itemRow(item, { isOpen, address })),
      removals: isAdmin && review.counts.remove > 0 && shown?.removals,
      tabs: tabsOf(address, counts),
      ...fieldsOf(address),
      decide: isOpen && matching > 0 && decideOf(address, matching, more.reason),
      close: isOpen && isAdmin && openRows(review.counts) === 0 && `/reviews/${reviewId}/close`,
      evidence: !isOpen && isAdmin && `/reviews/${reviewId}/evidence`,
      ...{ isAdmin, left: openRows(review.counts), csv: address.to('/export') },
      organizations: review.organizations.length > 1 && organizationsOf(review, address),
      first: after && address.first,
      next: found.next && address.page(found.next),
      ...more,
    };
  }
}

const decideOf = (address: ReviewAddress, matching: number, reason = '') => ({
  ...{ matching, reason, here: address.here },
  chosen: address.to('/decide'),
  all: address.to('/decide-all'),
});

function fieldsOf(address: ReviewAddress) {
  const { search, decision, affiliation, role, organization, reviewer } = address;
  const cleared = address.isFiltered && new ReviewAddress(address.reviewId, { decision }).first;
  return {
    ...{
      search,
      decision,
      organization,
      reviewer,
      cleared,
      action: `/reviews/${address.reviewId}`,
    },
    affiliations: choice('affiliation', 'Affiliation', affiliation, [
      ...[['', 'Everybody'] as const, ['member', 'Members'] as const],
      ['outside_collaborator', 'Outside collaborators'],
    ]),
    roles: choice('role', 'Role', role, [
      ...[['', 'Any role'] as const, ['admin', 'Owners'] as const, ['member', 'Members'] as const],
    ]),
  };
}

const organizationsOf = (
  { organizations }: { organizations: { organization: string }[] },
  address: ReviewAddress,
) =>
  choice('organization', 'Organization', address.organization, [
    ['', 'All organizations'],
    ...organizations.map(({ organization }) => [organization, organization] as const),
  ]);

const choice = (
  name: string,
  label: string,
  chosen: string | undefined,
  options: (readonly [value: string, words: string])[],
) => ({
  ...{ name, label, chosen: chosen ?? '' },
  options: options.map(([value, words]) => ({ value, words })),
});

function tabsOf(address: ReviewAddress, counts: ReviewCounts) {
  const tab = (decision: DecisionFilter | undefined, words: string, count: number) => ({
    ...{ words, count, href: address.of(decision), isHere: decision === address.decision },
  });
  return [
    tab(undefined, 'All', counts.total),
    ...SHOWN_DECISIONS.map((one) => tab(one, DECISION_WORDS[one], counts[one])),
  ];
}
