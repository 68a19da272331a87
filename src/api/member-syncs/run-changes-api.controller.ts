import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { MemberChanges } from '../../members/changes/member-changes.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiRunId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { ChangeResponse, presentChange } from './change.response.js';
import { ChangesQuery } from './changes.query.js';

/** Shows what runs changed. */
@ApiV1('Member syncs')
@Controller('api/v1/member-syncs/:runId/changes')
export class RunChangesApiController {
  constructor(
    private readonly runs: MemberSyncRuns,
    private readonly changes: MemberChanges,
  ) {}

  @Get()
  @ApiRunId()
  @ApiOperation({
    operationId: 'listMemberSyncChanges',
    summary: 'Lists the changes of a run, oldest first',
    description:
      'A person has at most one change of each kind. Approved removals are changes of the run that held them.',
  })
  @ApiPage(ChangeResponse, 'A page of the changes.')
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('runId', IdPipe) id: number,
    @Query() { kind, limit, cursor }: ChangesQuery,
  ): Promise<Page<ChangeResponse>> {
    const { id: runId } = await this.runs.get(teamId, id);
    const query = { runId, kind, limit: limit + 1, after: idOf(cursor) };
    return pageById(await this.changes.ofRun(query), limit, presentChange);
  }
}
