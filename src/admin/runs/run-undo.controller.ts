import { Controller, Get, Param, Post, Render, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { RunUndo } from '../../integrations/removals/run-undo.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';
import { RunPage } from './run-page.js';

/** Undoes a run, as a new run. */
@Access('admin')
@Controller('integrations/github/:id/runs/:runId/undo')
export class RunUndoController {
  constructor(
    private readonly page: RunPage,
    private readonly runs: MemberSyncRuns,
    private readonly undos: RunUndo,
  ) {}

  @Get()
  @Render('runs/undo')
  ask(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
  ) {
    return this.page.undoView(identity, id, runId);
  }

  @Post()
  async undo(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
    @Res() response: Response,
  ) {
    const run = await this.runs.ofIntegration(identity.teamId, id, runId);
    try {
      const { id: undoId } = await this.undos.undo(run, identity.name);
      response.redirect(303, `/integrations/github/${id}/runs/${undoId}`);
    } catch (error) {
      const { status, error: told } = shownError(error);
      const view = await this.page.view(identity, id, runId, told);
      response.status(status).render('runs/run', view);
    }
  }
}
