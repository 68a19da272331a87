import { Controller, Delete, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import {
  MemberSyncCancellation,
  runFinished,
} from '../../integrations/runs/member-sync-cancellation.js';
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
      'Also cancels a waiting run. What was found so far stays in the directory. Nobody is removed. The run is kept and shows who ' +
      'cancelled it.',
  })
  @ApiOkResponse({
    type: RunResponse,
    description: 'The run. Its state and its error code are `cancelled`.',
  })
  @ApiProblem(runFinished(), {
    description: 'The run cannot be cancelled: `run_finished` or `run_ending`.',
  })
  async cancel(
    @CurrentIdentity() { teamId, name }: Identity,
    @Param('runId', IdPipe) runId: number,
  ): Promise<RunResponse> {
    return presentRun(await this.cancellation.cancel(await this.runs.get(teamId, runId), name));
  }
}
