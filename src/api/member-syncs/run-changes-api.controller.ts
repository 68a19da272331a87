import { Controller, Get, Header, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { CHANGE_COLUMNS, changesCsv, presentChange } from '../../members/changes/change-files.js';
import { MemberChanges } from '../../members/changes/member-changes.js';
import { PeopleSearch } from '../../members/listing/people-search.js';
import { csvLine } from '../../platform/csv.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiRunId, ApiV1 } from '../shared/api-docs.js';
import { ApiPage } from '../shared/api-reads.js';
import { asCsv, notAcceptable, wantsCsv } from '../shared/csv-or-json.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { ChangeResponse } from './change.response.js';
import { ChangesQuery } from './changes.query.js';

const EXAMPLE = `${csvLine(CHANGE_COLUMNS)}1,4120733,mara-lindqvist,renamed,"{""login"":""mara-l""}","{""login"":""mara-lindqvist""}",,2026-11-23T09:30:12.480Z\r\n`;

/** Shows what runs changed. */
@ApiV1('Member syncs')
@Controller('api/v1/member-syncs/:runId/changes')
export class RunChangesApiController {
  constructor(
    private readonly runs: MemberSyncRuns,
    private readonly changes: MemberChanges,
    private readonly people: PeopleSearch,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Header('Vary', 'Accept')
  @ApiRunId()
  @ApiOperation({
    operationId: 'listMemberSyncChanges',
    summary: 'Lists the changes of a run, oldest first',
    description:
      'A person has at most one change of each kind. Approved removals are changes of the run that held them. ' +
      'With `Accept: text/csv`, the response is one CSV file with all that match, and `limit` and `cursor` are ignored.',
  })
  @ApiPage(ChangeResponse, 'A page of the changes; as CSV, all of them.', {
    others: asCsv(EXAMPLE),
  })
  @ApiProblem(notAcceptable())
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('runId', IdPipe) id: number,
    @Query() { kind, person, limit, cursor }: ChangesQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Page<ChangeResponse> | StreamableFile> {
    const run = await this.runs.get(teamId, id);
    const { id: runId, integrationId } = run;
    const githubIds = person ? await this.people.ids(integrationId, person) : undefined;
    const query = { runId, integrationId, kind, githubIds };
    if (wantsCsv(request)) {
      const changes = this.changes.all(query, await this.heavy.turn(teamId, response));
      return streamedFile(changesCsv(changes), {
        name: `run-${numberOf(run)}-changes`,
        format: 'csv',
      });
    }
    const page = { ...query, limit: limit + 1, after: idOf(cursor) };
    return pageById(await this.changes.ofRun(page), limit, presentChange);
  }
}
