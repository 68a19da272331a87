import {
  Body,
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { integrationDisconnected } from '../../integrations/connections/integration-disconnected.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { MemberSyncRequests } from '../../integrations/runs/member-sync-requests.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { presentRun } from '../../integrations/runs/present-run.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import {
  ApiChange,
  ApiIntegrationId,
  ApiRunId,
  ApiV1,
  header,
  RETRY_AFTER,
} from '../shared/api-docs.js';
import { ApiPage, ApiShown } from '../shared/api-reads.js';
import { idOf, type Page, pageById } from '../shared/page.js';
import { PageQuery } from '../shared/page.query.js';
import { ApiSyncPause, syncTooSoon } from './api-sync-pause.js';
import {
  peopleOf,
  RequestMemberSyncRequest,
  SYNC_EXAMPLES,
} from './request-member-sync.request.js';
import { RunResponse } from './run.response.js';

/** Requests member syncs, and shows their runs. */
@ApiV1('Member syncs')
@Controller('api/v1')
export class MemberSyncsApiController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly requests: MemberSyncRequests,
    private readonly runs: MemberSyncRuns,
    private readonly pause: ApiSyncPause,
  ) {}

  @Post('integrations/:id/member-syncs')
  @ApiChange()
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'requestMemberSync',
    summary: 'Starts a member sync',
    description:
      'Without a body it syncs everybody; with `githubIds` or `logins`, only these people (at most 100). ' +
      'The sync runs in the background. Get the run to see its progress. If a run is unfinished, the response is that run, and the people are looked at after it. ' +
      'Within `API_SYNC_PAUSE_SECONDS` (default 10) after the end of the last run, the response is 429.',
  })
  @ApiBody({ type: RequestMemberSyncRequest, required: false, examples: SYNC_EXAMPLES })
  @ApiAcceptedResponse({
    type: RunResponse,
    description: 'The new run, or the unfinished one.',
    headers: { Location: header("The run's URL.") },
  })
  @ApiProblem(syncTooSoon(8), {
    description:
      'The last run ended moments ago (`sync_too_soon`), or the API token made too many requests in a minute (`too_many_requests`).',
    headers: { 'Retry-After': RETRY_AFTER },
  })
  @ApiProblem(integrationDisconnected())
  async request(
    @CurrentIdentity() { teamId, name }: Identity,
    @Param('id', IdPipe) id: number,
    @Body() body: RequestMemberSyncRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunResponse> {
    const { id: integrationId } = await this.integrations.get(teamId, id);
    const people = peopleOf(body);
    await this.pause.check(integrationId, people ? 'people' : 'everybody', response);
    const request = { integrationId, trigger: 'api', requestedBy: name } as const;
    const run = await this.requests.request(request, people);
    response.location(`/api/v1/member-syncs/${run.id}`);
    return presentRun(run);
  }

  @Get('integrations/:id/member-syncs')
  @ApiIntegrationId()
  @ApiOperation({
    operationId: 'listMemberSyncs',
    summary: "Lists an integration's runs, newest first",
  })
  @ApiPage(RunResponse, 'A page of the runs.')
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<RunResponse>> {
    const { id: integrationId } = await this.integrations.get(teamId, id);
    const found = await this.runs.list(integrationId, { limit: limit + 1, before: idOf(cursor) });
    return pageById(found, limit, presentRun);
  }

  @Get('member-syncs/:runId')
  @ApiRunId()
  @ApiOperation({ operationId: 'getMemberSync', summary: 'Shows a run' })
  @ApiShown(RunResponse, 'The run.')
  async get(
    @CurrentIdentity() { teamId }: Identity,
    @Param('runId', IdPipe) runId: number,
  ): Promise<RunResponse> {
    return presentRun(await this.runs.get(teamId, runId));
  }
}
