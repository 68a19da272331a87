import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { HeldRemovals } from '../../integrations/removals/held-removals.js';
import type { RemovalDecision } from '../../integrations/removals/undecided-run.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { PublicError } from '../../platform/public-error.js';
import { Access } from '../../platform/web/access.decorator.js';
import { formText } from '../../platform/web/form-text.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { shownError } from '../../platform/web/shown-error.js';
import { chosenIds } from '../shared/chosen-ids.js';
import { ownPath } from '../shared/own-path.js';
import { RunPage } from './run-page.js';

/** Approves or rejects the removals that a run holds, or approves those whom an admin chose. */
@Access('admin')
@Controller('integrations/github/:id/runs/:runId/removals')
export class RunRemovalsController {
  constructor(
    private readonly page: RunPage,
    private readonly runs: MemberSyncRuns,
    private readonly removals: HeldRemovals,
  ) {}

  @Post()
  decide(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const decide = () => this.removals.decide(runId, decisionIn(form), identity.name);
    return this.answer(identity, { id, runId }, decide, { form, response });
  }

  @Post('chosen')
  approveChosen(
    @CurrentIdentity() identity: Identity,
    @Param('id', IdPipe) id: number,
    @Param('runId', IdPipe) runId: number,
    @Body() form: unknown,
    @Res() response: Response,
  ) {
    const approve = () => this.removals.approvePart(runId, chosenIds(form), identity.name);
    return this.answer(identity, { id, runId }, approve, { form, response });
  }

  /** Leads back, or shows the run with the error. @throws PublicError 404, before it decides */
  private async answer(
    identity: Identity,
    { id, runId }: { id: number; runId: number },
    decide: () => Promise<unknown>,
    { form, response }: { form: unknown; response: Response },
  ) {
    await this.runs.ofIntegration(identity.teamId, id, runId);
    try {
      await decide();
    } catch (error) {
      const { status, error: told } = shownError(error);
      const view = await this.page.view(identity, id, runId, told);
      return response.status(status).render('runs/run', view);
    }
    const back = ownPath(formText(form, 'back'));
    response.redirect(303, back ?? `/integrations/github/${id}/runs/${runId}`);
  }
}

function decisionIn(form: unknown): RemovalDecision {
  const decision = formText(form, 'decision');
  if (decision === 'approve' || decision === 'reject') return decision;
  throw new PublicError(
    422,
    'decision_invalid',
    'The decision is not valid.',
    'Approve the removals or reject them.',
  );
}
