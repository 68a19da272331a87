import { Controller, Get, Param, Query, Render, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { EvidenceService } from '../../reviews/access-reviews/evidence.service.js';
import { formatIn } from '../shared/file-format.js';
import { EvidencePage } from './evidence-page.js';

/** Shows the evidence of a closed access review, to print and as a file. */
@Access('admin')
@Controller('reviews/:id/evidence')
export class EvidenceController {
  constructor(
    private readonly page: EvidencePage,
    private readonly evidence: EvidenceService,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render('reviews/evidence')
  show(@CurrentIdentity() { teamId }: Identity, @Param('id', IdPipe) id: number) {
    return this.page.view(teamId, id);
  }

  @Get('export')
  async export(
    @CurrentIdentity() { teamId, teamSlug }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const head = await this.evidence.head(teamId, id);
    const signal = await this.heavy.turn(teamId, response);
    const name = `${teamSlug}-review-${id}-evidence`;
    return formatIn(query) === 'json'
      ? streamedFile(this.evidence.json(head, signal), { name, format: 'json' })
      : streamedFile(forSpreadsheets(this.evidence.csv(head, signal)), { name, format: 'csv' });
  }
}
