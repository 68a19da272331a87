import { Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { CurrentSync } from '../../integrations/runs/current-sync.js';
import { MemberSyncCancellation } from '../../integrations/runs/member-sync-cancellation.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { FINISHED } from '../../integrations/runs/member-sync-status.js';
import { syncView } from '../../integrations/runs/sync-view.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';

/** Cancels a run. Cancelling a finished run is not an error here. */
@Access('admin')
@Controller('integrations/github/:id/runs/:runId/cancel')
export class RunCancellationController {
  constructor(
    private readonly runs: MemberSyncRuns,
    private readonly cancellation: MemberSyncCancellation,
    private readonly current: CurrentSync,
  ) {}

  @Post()
  @HttpCode(200)
  async cancel(
    @CurrentIdentity() { teamId, name, role }: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
    @Headers('hx-request') isFragment: string | undefined,
    @Res() response: Response,
  ) {
    const run = await this.runs.ofIntegration(teamId, id, runId);
    await this.cancellation.cancel(run, name).catch(shownError);
    if (!isFragment) return response.redirect(303, `/integrations/github/${id}/runs/${runId}`);
    const sync = syncView(await this.current.read(teamId, id), role);
    if (!sync.syncing) response.set('HX-Trigger', FINISHED);
    response.render('sync/_progress', { layout: false, sync });
  }
}
