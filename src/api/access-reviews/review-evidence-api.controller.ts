import { Controller, Get, Header, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { EvidenceService } from '../../reviews/access-reviews/evidence.service.js';
import { ITEM_COLUMNS } from '../../reviews/access-reviews/review-items-csv.js';
import { reviewNotFound, reviewOpen } from '../../reviews/access-reviews/review-problems.js';
import { ApiId, ApiV1 } from '../shared/api-docs.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { EvidenceResponse } from './evidence.response.js';

/** Shows the evidence of closed access reviews. */
@ApiV1('Access reviews')
@Controller('api/v1/reviews/:id/evidence')
export class ReviewEvidenceApiController {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiId('id')
  @ApiOperation({
    operationId: 'getReviewEvidence',
    summary: 'Shows the evidence of a closed access review',
    description:
      'One file with all rows, as JSON, or with `Accept: text/csv` as CSV. `rollcall review verify FILE` verifies the JSON.',
  })
  @ApiExtraModels(EvidenceResponse)
  @ApiOkResponse({
    description: 'The evidence.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(EvidenceResponse) } },
      ...asCsv(csvLine(ITEM_COLUMNS)),
    },
  })
  @ApiProblem(reviewNotFound())
  @ApiProblem(reviewOpen())
  @ApiProblem(notAcceptable())
  async show(
    @CurrentIdentity() { teamId, teamSlug }: Identity,
    @Param('id', IdPipe) reviewId: number,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const format = wantsCsv(request) ? 'csv' : 'json';
    const head = await this.evidence.head(teamId, reviewId);
    const signal = await this.heavy.turn(teamId, response);
    const name = `${teamSlug}-review-${reviewId}-evidence`;
    return streamedFile(this.evidence[format](head, signal), { name, format });
  }
}
