import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Query,
  Render,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { takeNotice } from '../../platform/web/flash.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { AccessReviewsService } from '../../reviews/access-reviews/access-reviews.service.js';
import { ReviewClosing } from '../../reviews/access-reviews/review-closing.js';
import { itemsCsv } from '../../reviews/access-reviews/review-items-csv.js';
import { ReviewAddress } from './review-address.js';
import { ReviewAnswers, VIEW } from './review-answers.js';
import { ReviewPage, reviewingOf } from './review-page.js';

/** Shows an access review to its reviewers and to admins, and closes it. */
@Access('member')
@Controller('reviews/:id')
export class ReviewController {
  constructor(
    private readonly page: ReviewPage,
    private readonly reviews: AccessReviewsService,
    private readonly closing: ReviewClosing,
    private readonly heavy: HeavyReads,
    private readonly answers: ReviewAnswers,
  ) {}

  @Get()
  @Render(VIEW)
  show(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Req() request: Request,
  ) {
    return this.page.view(identity, id, query, { notice: takeNotice(request) });
  }

  @Get('export')
  async export(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const reviewing = reviewingOf(identity, id);
    await this.reviews.get(reviewing);
    const rows = this.reviews.visible(reviewing, new ReviewAddress(id, query).filter);
    const all = this.reviews.all(rows, await this.heavy.turn(identity.teamId, response));
    const name = `${identity.teamSlug}-review-${id}`;
    return streamedFile(forSpreadsheets(itemsCsv(all)), { name, format: 'csv' });
  }

  @Post('close')
  @Access('admin')
  close(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Body() form: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    return this.answers.after({ identity, id, query: {}, form, request, response }, async () => {
      await this.closing.close(identity.teamId, id);
      return 'The review is closed.';
    });
  }
}
