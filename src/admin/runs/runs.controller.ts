import { Controller, Get, Param, Query, Render } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { RunChangesPage } from './run-changes-page.js';
import { RunPage } from './run-page.js';
import { RunsPage } from './runs-page.js';

/** The history of an organization's syncs. */
@Access('member')
@Controller('integrations/github/:id/runs')
export class RunsController {
  constructor(
    private readonly history: RunsPage,
    private readonly page: RunPage,
    private readonly changesPage: RunChangesPage,
  ) {}

  @Get()
  @Render('runs/runs')
  list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
  ) {
    return this.history.list(teamId, id, query);
  }

  @Get(':runId')
  @Render('runs/run')
  run(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
  ) {
    return this.page.view(identity, id, runId);
  }

  @Get(':runId/changes')
  @Render('runs/run-changes')
  changes(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
    @Query() query: unknown,
  ) {
    return this.changesPage.view(teamId, id, runId, query);
  }
}
