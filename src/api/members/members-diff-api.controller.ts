import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Directories } from '../../integrations/connections/directories.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { parsePeriod } from '../../members/past/as-of.js';
import type { MemberDifference } from '../../members/past/member-difference.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiIntegrationId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { writeCursor } from '../shared/cursor.js';
import { idOf, type Page } from '../shared/page.js';
import { MemberDiffQuery } from './member-diff.query.js';
import { MemberDifferenceResponse } from './member-difference.response.js';

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
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'compareMembers',
    summary: 'Compares the members at two moments: who joined, left or changed',
    description:
      "Sorted by GitHub's id. People who are the same at both moments are left out, whatever happened in between. " +
      '`before` and `after` have the values that differ.',
  })
  @ApiPage(MemberDifferenceResponse, 'A page of the differences.', {
    wrong: ['as_of_invalid', 'as_of_in_future', 'as_of_too_early', 'dates_reversed'],
  })
  async compare(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { limit, cursor, kind, ...dates }: MemberDiffQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<MemberDifferenceResponse>> {
    const integration = await this.integrations.get(teamId, id);
    const period = parsePeriod(dates);
    const query = { kind, limit: limit + 1, after: idOf(cursor) };
    const signal = await this.heavy.turn(teamId, response);
    const comparison = await this.directories.compare(integration, period, signal);
    return pageOf(await comparison.page(query), limit);
  }
}

/** @param found one more than `limit` where the list goes on */
function pageOf(found: MemberDifference[], limit: number): Page<MemberDifferenceResponse> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? writeCursor([last.githubId]) : null };
}
