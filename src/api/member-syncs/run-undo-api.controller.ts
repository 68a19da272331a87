import { Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { nothingToUndo, RunUndo } from '../../integrations/removals/run-undo.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { presentRun } from '../../integrations/runs/present-run.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiRunId, ApiV1, header } from '../shared/api-docs.js';
import { RunResponse } from './run.response.js';

/** Undoes runs. */
@ApiV1('Member syncs')
@Controller('api/v1/member-syncs/:runId/undo')
export class RunUndoApiController {
  constructor(
    private readonly runs: MemberSyncRuns,
    private readonly undos: RunUndo,
  ) {}

  @Post()
  @ApiChange()
  @ApiRunId({ example: 2 })
  @ApiOperation({
    operationId: 'undoMemberSync',
    summary: 'Undoes a finished run',
    description:
      'People who left become active again; people who returned are marked as left. Invitations that were cancelled or failed are ' +
      'pending again. GitHub teams that were deleted, renamed or moved, and memberships of teams that ended or have another role, ' +
      'are as before; new teams, and people new in a team, stay. This is a run of its own. What later runs or ' +
      "people have changed since is not touched. The next sync applies GitHub's state again.",
  })
  @ApiCreatedResponse({
    type: RunResponse,
    description: 'The run that undid it.',
    headers: { Location: header("That run's URL.") },
  })
  @ApiProblem(nothingToUndo(), {
    description:
      'The run cannot be undone: `nothing_to_undo`, `sync_unfinished` or `integration_disconnected`. Nothing was changed.',
  })
  async undo(
    @CurrentIdentity() { teamId, name }: Identity,
    @Param('runId', IdPipe) runId: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunResponse> {
    const run = await this.undos.undo(await this.runs.get(teamId, runId), name);
    response.location(`/api/v1/member-syncs/${run.id}`);
    return presentRun(run);
  }
}
