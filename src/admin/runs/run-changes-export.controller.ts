import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { changesCsv, changesJson } from '../../members/changes/change-files.js';
import { MemberChanges } from '../../members/changes/member-changes.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { formatIn } from '../shared/file-format.js';
import { RunChangesPage } from './run-changes-page.js';

/** Exports all changes of a run, with the filters of the page. */
@Access('member')
@Controller('integrations/github/:id/runs/:runId/changes/export')
export class RunChangesExportController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
    private readonly page: RunChangesPage,
    private readonly changes: MemberChanges,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  async export(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
    @Query() parameters: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { organizationLogin } = await this.integrations.get(teamId, id);
    const run = await this.runs.ofIntegration(teamId, id, runId);
    const filter = await this.page.filter(run, parameters);
    const format = formatIn(parameters);
    const changes = this.changes.all(filter, await this.heavy.turn(teamId, response));
    const texts = format === 'json' ? changesJson(changes) : forSpreadsheets(changesCsv(changes));
    return streamedFile(texts, {
      name: `${organizationLogin}-run-${numberOf(run)}-changes`,
      format,
    });
  }
}
