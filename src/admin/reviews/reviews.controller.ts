import { Body, Controller, Get, Post, Query, Render, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { ReviewStarts } from '../../reviews/access-reviews/review-starts.js';
import { faultsOf, refuseIncomplete, typedReview } from './review-form.js';
import { ReviewsPage } from './reviews-page.js';

const VIEW = 'reviews/reviews';

/** Lists the access reviews that somebody may see, and lets admins start one. */
@Controller('reviews')
export class ReviewsController {
  constructor(
    private readonly page: ReviewsPage,
    private readonly starts: ReviewStarts,
  ) {}

  @Get()
  @Access('member')
  @Render(VIEW)
  list(@CurrentIdentity() identity: Identity, @Query() query: unknown, @Req() request: Request) {
    return this.page.view(identity, query, { notice: takeNotice(request) });
  }

  @Post()
  @Access('admin')
  async start(
    @CurrentIdentity() identity: Identity,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const typed = typedReview(form);
    try {
      refuseIncomplete(typed);
      const review = await this.starts.start(identity.teamId, typed);
      leaveNotice(request, `The review of ${review.counts.total} people has started.`);
      await saveSession(request);
      response.redirect(303, `/reviews/${review.id}`);
    } catch (error) {
      const more = { typed, faults: faultsOf(error) };
      response.status(422).render(VIEW, await this.page.view(identity, {}, more));
    }
  }
}
