import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Activity } from '../../integrations/activity/activity.js';
import { activityCsv, activityJson } from '../../integrations/activity/activity-files.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { formatIn } from '../shared/file-format.js';
import { HistoryQuery } from './history-query.js';

/** Exports all pages of a history, with its filters. */
@Access('member')
@Controller('integrations/github/:id/runs/export')
export class HistoryExportController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly activity: Activity,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  async export(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() parameters: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { organizationLogin } = await this.integrations.get(teamId, id);
    const { filter } = new HistoryQuery(id, parameters);
    const format = formatIn(parameters);
    const items = this.activity.all(filter, await this.heavy.turn(teamId, response));
    const texts = format === 'json' ? activityJson(items) : forSpreadsheets(activityCsv(items));
    return streamedFile(texts, { name: `${organizationLogin}-history`, format });
  }
}
