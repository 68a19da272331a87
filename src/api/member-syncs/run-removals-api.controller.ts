import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { HeldRemovals } from '../../integrations/removals/held-removals.js';
import { removalsStale } from '../../integrations/removals/undecided-run.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { presentRun } from '../../integrations/runs/present-run.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiRunId, ApiV1, ApiWrongBody } from '../shared/api-docs.js';
import { ApiList } from '../shared/api-reads.js';
import type { Page } from '../shared/page.js';
import { DecideRemovalsRequest } from './decide-removals.request.js';
import {
  HeldRemovalResponse,
  presentHeldOfTeam,
  presentHeldRemoval,
} from './held-removal.response.js';
import { RunResponse } from './run.response.js';

/** Shows the removals that a run held, and takes an admin's decision. */
@ApiV1('Member syncs')
@Controller('api/v1/member-syncs/:runId/removals')
export class RunRemovalsApiController {
  constructor(
    private readonly runs: MemberSyncRuns,
    private readonly removals: HeldRemovals,
  ) {}

  @Get()
  @ApiRunId({ example: 2 })
  @ApiOperation({
    operationId: 'listHeldRemovals',
    summary:
      'Lists the held removals of a run: people by login, then those of GitHub teams by name',
    description:
      'All of them in one response, also after the decision. Empty when the run held none.',
  })
  @ApiList(HeldRemovalResponse, 'Exactly what an admin decides about.')
  async list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('runId', IdPipe) runId: number,
  ): Promise<Page<HeldRemovalResponse>> {
    const run = await this.runs.get(teamId, runId);
    const people = await this.removals.list(run.id);
    const ofTeams = await this.removals.ofTeams(run);
    const items = [...people.map(presentHeldRemoval), ...ofTeams.map(presentHeldOfTeam)];
    return { items, nextCursor: null };
  }

  @Post()
  @ApiChange()
  @HttpCode(HttpStatus.OK)
  @ApiRunId({ example: 2 })
  @ApiOperation({
    operationId: 'decideHeldRemovals',
    summary: 'Approves or rejects the held removals of a run',
    description:
      'Approving removes exactly what is listed, as changes of the same run with the current time and the ' +
      "token's name. Rejecting changes nothing, and the next run asks again.",
  })
  @ApiOkResponse({
    type: RunResponse,
    description:
      'The run. After an approval, `held` counts move to `deactivated`, and those of teams to `removed`.',
  })
  @ApiProblem(removalsStale(), {
    description:
      'There is nothing to decide: `nothing_held`, `removals_decided`, `removals_stale`, `sync_unfinished`, ' +
      '`integration_disconnected`. Nobody was removed.',
  })
  @ApiWrongBody('decision must be approve or reject', 'decision')
  async decide(
    @CurrentIdentity() { teamId, name }: Identity,
    @Param('runId', IdPipe) runId: number,
    @Body() { decision }: DecideRemovalsRequest,
  ): Promise<RunResponse> {
    const { id } = await this.runs.get(teamId, runId);
    return presentRun(await this.removals.decide(id, decision, name));
  }
}
