import { Controller, Get, Param, Query, Render } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { RunsPage } from './runs-page.service.js';

/** The history of an organization's syncs. */
@ApiExcludeController()
@Controller('integrations/github/:id/runs')
export class RunsController {
  constructor(private readonly page: RunsPage) {}

  @Get()
  @Render('runs/list')
  list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
  ) {
    return this.page.list(teamId, id, query);
  }

  @Get(':runId')
  @Render('runs/run')
  run(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
  ) {
    return this.page.one(teamId, id, runId);
  }
}
