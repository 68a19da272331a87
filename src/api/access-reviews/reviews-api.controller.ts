import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { integrationNotFound } from '../../integrations/connections/integrations.service.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import type { AccessReview } from '../../reviews/access-reviews/access-review.entity.js';
import { AccessReviewsService } from '../../reviews/access-reviews/access-reviews.service.js';
import { ReviewClosing } from '../../reviews/access-reviews/review-closing.js';
import { noRows } from '../../reviews/access-reviews/review-decisions.js';
import {
  dueOnInvalid,
  reviewEmpty,
  reviewNotFound,
  reviewUndecided,
} from '../../reviews/access-reviews/review-problems.js';
import { ReviewStarts } from '../../reviews/access-reviews/review-starts.js';
import { ownRowsOf } from '../../reviews/access-reviews/reviewing.js';
import { ApiChange, ApiId, ApiJsonOnly, ApiMalformedBody, ApiV1 } from '../shared/api-docs.js';
import { ApiPage, ApiShown } from '../shared/api-reads.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { PageQuery } from '../shared/page.query.js';
import { ReviewResponse } from './review.response.js';
import { StartReviewRequest } from './start-review.request.js';

/** Starts, lists and closes access reviews. */
@ApiV1('Access reviews')
@Controller('api/v1/reviews')
export class ReviewsApiController {
  constructor(
    private readonly reviews: AccessReviewsService,
    private readonly starts: ReviewStarts,
    private readonly closing: ReviewClosing,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listReviews',
    summary: 'Lists the access reviews of the team, newest first',
  })
  @ApiPage(ReviewResponse, 'A page of the reviews.')
  async list(
    @CurrentIdentity() identity: Identity,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ReviewResponse>> {
    const { teamId } = identity;
    const part = { limit: limit + 1, before: idOf(cursor), ownRowsOf: ownRowsOf(identity) };
    const found = await this.reviews.page(teamId, part);
    return pageById(await this.reviews.present(found), limit, (review) => review);
  }

  @Post()
  @ApiChange()
  @ApiOperation({
    operationId: 'startReview',
    summary: 'Starts an access review',
    description:
      'Copies everybody with access to the organizations as they are now. A row goes to the first of these who is known: the user for a GitHub team, the manager of the people list, `reviewerId`. Otherwise any admin decides it.',
  })
  @ApiCreatedResponse({ type: ReviewResponse, description: 'The review has started.' })
  @ApiProblem(integrationNotFound(), {
    description:
      'The team does not have an organization, a user or a GitHub team of the body: `integration_not_found`, `user_not_found`, `github_team_not_found`.',
  })
  @ApiProblem(reviewEmpty(), {
    description:
      '`review_empty`, `too_many_reviews`; `integration_disconnected` for an organization that is disconnected.',
  })
  @ApiMalformedBody()
  @ApiJsonOnly()
  @ApiProblem(dueOnInvalid('2020-01-01'), {
    description: 'A value is wrong: `validation_failed`, `due_on_invalid`. Nothing was started.',
  })
  async start(
    @CurrentIdentity() { teamId }: Identity,
    @Body() asked: StartReviewRequest,
  ): Promise<ReviewResponse> {
    return this.shown(await this.starts.start(teamId, asked));
  }

  @Get(':id')
  @ApiId('id')
  @ApiOperation({ operationId: 'getReview', summary: 'Shows an access review with its progress' })
  @ApiShown(ReviewResponse, 'The review.')
  @ApiProblem(reviewNotFound())
  async get(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) reviewId: number,
  ): Promise<ReviewResponse> {
    const { teamId } = identity;
    return this.shown(await this.reviews.get({ teamId, reviewId, ownRowsOf: ownRowsOf(identity) }));
  }

  @Post(':id/close')
  @HttpCode(200)
  @ApiChange()
  @ApiId('id')
  @ApiOperation({
    operationId: 'closeReview',
    summary: 'Closes an access review',
    description:
      'Every row must be kept or removed; a question does not count as a decision. A closed review never changes, and has evidence. Rollcall removes nobody at GitHub.',
  })
  @ApiOkResponse({ type: ReviewResponse, description: 'The review is closed.' })
  @ApiProblem(reviewNotFound())
  @ApiProblem(reviewUndecided({ ...noRows(), undecided: 3, question: 1 }), {
    description: '`review_undecided`, `review_closed`.',
  })
  async close(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) reviewId: number,
  ): Promise<ReviewResponse> {
    return this.shown(await this.closing.close(teamId, reviewId));
  }

  private async shown(review: AccessReview): Promise<ReviewResponse> {
    const [shown] = await this.reviews.present([review]);
    if (!shown) throw reviewNotFound();
    return shown;
  }
}
