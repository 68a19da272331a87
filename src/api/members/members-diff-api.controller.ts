import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Directories } from '../../integrations/connections/directories.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { parsePeriod } from '../../members/past/as-of.js';
import {
  DIFFERENCE_COLUMNS,
  differencesCsv,
  differencesName,
} from '../../members/past/difference-files.js';
import type { MemberDifference } from '../../members/past/member-difference.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { writeCursor } from '../shared/cursor.js';
import { idOf, type Page } from '../shared/page.js';
import { MemberDiffQuery } from './member-diff.query.js';
import { MemberDifferenceResponse } from './member-difference.response.js';

const EXAMPLE = `${csvLine(DIFFERENCE_COLUMNS)}changed,4120733,mara-lindqvist,Mara Lindqvist,https://avatars.githubusercontent.com/u/4120733?v=4,"{""login"":""mara-l""}","{""login"":""mara-lindqvist""}"\r\n`;

/** Compares a directory at two moments. */
@ApiV1('Members')
@Controller('api/v1/integrations/:id/members/diff')
export class MembersDiffApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly directories: Directories,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'compareMembers',
    summary: 'Compares the members at two moments: who joined, left or changed',
    description:
      "Sorted by GitHub's id. People who are the same at both moments are left out, whatever happened in between. " +
      '`before` and `after` have the values that differ. ' +
      'With `Accept: text/csv`, the response is one CSV file with all of them, and `limit` and `cursor` are ignored.',
  })
  @ApiPage(MemberDifferenceResponse, 'A page of the differences; as CSV, all of them.', {
    others: asCsv(EXAMPLE),
    wrong: ['as_of_invalid', 'as_of_in_future', 'as_of_too_early', 'dates_reversed'],
  })
  @ApiProblem(notAcceptable())
  async compare(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { limit, cursor, kind, ...dates }: MemberDiffQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<MemberDifferenceResponse> | StreamableFile> {
    const integration = await this.integrations.get(teamId, id);
    const isCsv = wantsCsv(request);
    const period = parsePeriod(dates);
    const signal = await this.heavy.turn(teamId, response);
    const comparison = await this.directories.compare(integration, period, signal);
    if (isCsv)
      return streamedFile(differencesCsv(comparison.all(kind)), {
        name: differencesName(integration.organizationLogin, dates),
        format: 'csv',
      });
    const query = { kind, limit: limit + 1, after: idOf(cursor) };
    return pageOf(await comparison.page(query), limit);
  }
}

/** @param found one more than `limit` where the list goes on */
function pageOf(found: MemberDifference[], limit: number): Page<MemberDifferenceResponse> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? writeCursor([last.githubId]) : null };
}
