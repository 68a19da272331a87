import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { TeamUsersService } from '../../accounts/users/team-users.service.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { formText } from '../../platform/web/form-text.js';
import type { AccessReview } from '../../reviews/access-reviews/access-review.entity.js';
import { AccessReviewsService } from '../../reviews/access-reviews/access-reviews.service.js';
import { presentReview } from '../../reviews/access-reviews/present-review.js';
import { openRows } from '../../reviews/access-reviews/review-decisions.js';
import type { NewReview } from '../../reviews/access-reviews/review-starts.js';
import { ownRowsOf } from '../../reviews/access-reviews/reviewing.js';

const REVIEWS_PER_PAGE = 30;

interface More {
  notice?: string | undefined;
  typed?: NewReview;
  faults?: object;
}

/** The data of the page that lists access reviews and starts one. */
@Injectable()
export class ReviewsPage {
  constructor(
    private readonly reviews: AccessReviewsService,
    private readonly integrations: IntegrationsService,
    private readonly users: TeamUsersService,
  ) {}

  async view(identity: Identity, query: unknown, more: More = {}) {
    const { teamId } = identity;
    const before = Number(formText(query, 'before')) || undefined;
    const own = ownRowsOf(identity);
    const part = { limit: REVIEWS_PER_PAGE + 1, before, ownRowsOf: own };
    const found = await this.reviews.page(teamId, part);
    const shown = found.slice(0, REVIEWS_PER_PAGE);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    return {
      title: 'Access reviews',
      reviews: shown.map(reviewRow),
      first: before && '/reviews',
      next: last && `/reviews?before=${last.id}`,
      ...(own === undefined && (await this.form(teamId, more.typed))),
      ...more,
    };
  }

  private async form(teamId: number, typed: NewReview | undefined) {
    const all = await this.integrations.list(teamId);
    const users = await this.users.page(teamId);
    return {
      organizations: all
        .filter(({ disconnectedAt }) => !disconnectedAt)
        .map(({ id, organizationLogin }) => ({
          ...{ value: id, words: organizationLogin },
          isChosen: typed ? typed.integrationIds.includes(id) : true,
        })),
      reviewers: {
        ...{ name: 'reviewer', label: 'Who reviews all others' },
        options: [
          { value: '', words: 'Any admin' },
          ...users.map(({ id, email }) => ({ value: String(id), words: email })),
        ],
        chosen: String(typed?.reviewerId ?? ''),
      },
      isStarting: true,
    };
  }
}

export const reviewRow = (review: AccessReview) => ({
  ...presentReview(review),
  page: `/reviews/${review.id}`,
  isClosed: review.state === 'closed',
  isLate: review.state === 'open' && review.dueOn < new Date().toISOString().slice(0, 10),
  names: review.organizations.map(({ organization }) => organization).join(', '),
  decided: review.counts.total - openRows(review.counts),
});
