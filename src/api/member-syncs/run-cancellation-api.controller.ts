import { Controller, Delete, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { MemberSyncCancellation } from '../../integrations/runs/member-sync-cancellation.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { presentRun } from '../../integrations/runs/present-run.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiRunId, ApiV1 } from '../shared/api-docs.js';
import { RunResponse } from './run.response.js';

/** Cancels runs. */
@ApiV1('Member syncs')
@Controller('api/v1/member-syncs/:runId')
export class RunCancellationApiController {
  constructor(
    private readonly runs: MemberSyncRuns,
    private readonly cancellation: MemberSyncCancellation,
  ) {}

  @Delete()
  @ApiChange()
  @ApiRunId({ example: 4 })
  @ApiOperation({
    operationId: 'cancelMemberSync',
    summary: 'Cancels a run',
    description:
      'Also one that waits. What was found until then stays in the directory, and nobody is removed; the run says who ' +
      'cancelled it, and is kept.',
  })
  @ApiOkResponse({
    type: RunResponse,
    description: 'The run: its state is `cancelled`, and so is the code of its error.',
  })
  @ApiProblem(
    {
      status: 409,
      code: 'run_finished',
      detail: 'The run is already finished.',
      remedy: 'There is nothing to cancel.',
    },
    'It cannot be cancelled: `run_finished`, `run_ending`. It ends by itself, or has ended.',
  )
  async cancel(
    @CurrentIdentity() { teamId, name }: Identity,
    @Param('runId', IdPipe) runId: number,
  ): Promise<RunResponse> {
    return presentRun(await this.cancellation.cancel(await this.runs.get(teamId, runId), name));
  }
}
