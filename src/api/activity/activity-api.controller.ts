import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Activity } from '../../integrations/activity/activity.js';
import { activityCsv } from '../../integrations/activity/activity-files.js';
import { ACTIVITY_COLUMNS, presentActivity } from '../../integrations/activity/present-activity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { readCursor, writeCursor } from '../shared/cursor.js';
import type { Page } from '../shared/page.js';
import { ActivityQuery } from './activity.query.js';
import { ActivityResponse } from './activity.response.js';

const position = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);

const EXAMPLE = `${csvLine(ACTIVITY_COLUMNS)}2026-11-23T09:30:00.000Z,disabled,ada@example.com,,,,,,,,,,,,,,,,,,,4120733,mara-lindqvist\r\n`;

/** Shows what happened to an organization: its runs, and what people did by hand. */
@ApiV1('Integrations')
@Controller('api/v1/integrations/:id/activity')
export class ActivityApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly activity: Activity,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'listActivity',
    summary: 'Lists the runs and what people did by hand, newest first',
    description:
      'With `Accept: text/csv`, the response is one CSV file with all that match, and `limit` and `cursor` are ignored.',
  })
  @ApiPage(ActivityResponse, 'A page of the activity; as CSV, all of it.', {
    others: asCsv(EXAMPLE),
  })
  @ApiProblem(notAcceptable())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { limit, cursor, ...filter }: ActivityQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<ActivityResponse> | StreamableFile> {
    const { organizationLogin } = await this.integrations.get(teamId, id);
    const query = { ...filter, integrationId: id };
    if (wantsCsv(request)) {
      const items = this.activity.all(query, await this.heavy.turn(teamId, response));
      const name = `${organizationLogin}-activity`;
      return streamedFile(activityCsv(items), { name, format: 'csv' });
    }
    const [run, change] = readCursor(position, cursor) ?? [0, 0];
    const { items, next } = await this.activity.page(query, { limit, before: { run, change } });
    return {
      items: items.map(presentActivity),
      nextCursor: next ? writeCursor([next.run, next.change]) : null,
    };
  }
}
