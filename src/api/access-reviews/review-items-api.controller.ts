import {
  Body,
  Controller,
  Get,
  Header,
  Param,
  Patch,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { AccessReviewsService } from '../../reviews/access-reviews/access-reviews.service.js';
import { ItemDecisions } from '../../reviews/access-reviews/item-decisions.js';
import { ITEM_COLUMNS, itemsCsv } from '../../reviews/access-reviews/review-items-csv.js';
import {
  reasonRequired,
  reviewClosed,
  reviewNotFound,
} from '../../reviews/access-reviews/review-problems.js';
import { ownRowsOf } from '../../reviews/access-reviews/reviewing.js';
import { ApiChange, ApiId, ApiJsonOnly, ApiMalformedBody, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { readCursor, writeCursor } from '../shared/cursor.js';
import type { Page } from '../shared/page.js';
import { DecideItemsRequest, rowsOf } from './decide-items.request.js';
import { DecidedResponse, ReviewItemResponse } from './review-item.response.js';
import { ReviewItemsQuery } from './review-items.query.js';

const position = z.tuple([z.string().max(255), z.int().positive()]);

/** Lists the rows of an access review, and decides about them. */
@ApiV1('Access reviews')
@Controller('api/v1/reviews/:id/items')
export class ReviewItemsApiController {
  constructor(
    private readonly reviews: AccessReviewsService,
    private readonly decisions: ItemDecisions,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiId('id')
  @ApiOperation({
    operationId: 'listReviewItems',
    summary: 'Lists the rows of an access review, by login',
    description:
      'Everybody is as they were when the review started. With `Accept: text/csv`, the response is one file with all that match, and `limit` and `cursor` are ignored.',
  })
  @ApiPage(ReviewItemResponse, 'A page of the rows; as CSV, all of them.', {
    others: asCsv(csvLine(ITEM_COLUMNS)),
  })
  @ApiProblem(reviewNotFound())
  @ApiProblem(notAcceptable())
  async list(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) reviewId: number,
    @Query() { limit, cursor, ...filter }: ReviewItemsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<ReviewItemResponse> | StreamableFile> {
    const { teamId, teamSlug } = identity;
    const reviewing = { teamId, reviewId, ownRowsOf: ownRowsOf(identity) };
    const [sortKey = '', id = 0] = readCursor(position, cursor) ?? [];
    const after = id ? { sortKey, id } : undefined;
    const review = await this.reviews.get(reviewing);
    const rows = this.reviews.visible(reviewing, filter);
    if (wantsCsv(request)) {
      const all = this.reviews.all(rows, await this.heavy.turn(teamId, response));
      return streamedFile(itemsCsv(all), { name: `${teamSlug}-review-${reviewId}`, format: 'csv' });
    }
    const { items, next } = await this.reviews.items(rows, { limit, after });
    return {
      items: await this.reviews.presentItems(review, items),
      nextCursor: next ? writeCursor([next.sortKey, next.id]) : null,
    };
  }

  @Patch()
  @ApiChange()
  @ApiId('id')
  @ApiOperation({
    operationId: 'decideReviewItems',
    summary: 'Keeps, removes or questions many rows at once',
    description:
      'All of the rows get the decision, or none. It replaces earlier ones. Rollcall removes nobody at GitHub.',
  })
  @ApiOkResponse({ type: DecidedResponse, description: 'The rows are decided.' })
  @ApiProblem(reviewNotFound(), {
    description:
      'The team does not have the review (`review_not_found`), or the review not all of the rows (`review_item_not_found`).',
  })
  @ApiProblem(reviewClosed())
  @ApiMalformedBody()
  @ApiJsonOnly()
  @ApiProblem(reasonRequired(), {
    description: 'A value is wrong: `validation_failed`, `reason_required`. Nothing was decided.',
  })
  decide(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) reviewId: number,
    @Body() body: DecideItemsRequest,
  ): Promise<DecidedResponse> {
    const { teamId } = identity;
    const reviewing = { teamId, reviewId, ownRowsOf: ownRowsOf(identity) };
    const { decision, reason = '' } = body;
    return this.decisions.decide(reviewing, rowsOf(body), { decision, reason });
  }
}
