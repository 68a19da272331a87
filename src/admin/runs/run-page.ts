import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { HeldRemovals } from '../../integrations/removals/held-removals.js';
import { RunUndo } from '../../integrations/removals/run-undo.js';
import type { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import { syncView } from '../../integrations/runs/sync-view.js';
import type { ShownError } from '../../platform/web/shown-error.js';
import { githubLinks } from '../shared/github-links.js';
import { personView } from '../shared/person-view.js';
import { presentOrganization } from '../shared/present-organization.js';
import { RunChangesPage } from './run-changes-page.js';
import { presentRunRow } from './runs-page.js';

/** The data of a run's page: its changes, its held removals, and an admin's actions. */
@Injectable()
export class RunPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
    private readonly changes: RunChangesPage,
    private readonly removals: HeldRemovals,
    private readonly undo: RunUndo,
  ) {}

  /** @throws PublicError 404 */
  async view({ teamId, role }: Identity, id: number, runId: number, error?: ShownError['error']) {
    const integration = await this.integrations.get(teamId, id);
    const organization = presentOrganization(integration);
    const run = await this.runs.ofIntegration(teamId, id, runId);
    const held = await this.held(run, integration);
    // The integration's status always describes its unfinished run.
    const sync = run.finishedAt ? undefined : syncView({ integration, latest: run }, role);
    return {
      title: `Run ${runId} of ${organization.login}`,
      mark: sync?.mark ?? pageMark({ failed: run.state === 'error', held: held?.canDecide }),
      organization,
      here: `/integrations/github/${id}/runs/${runId}`,
      isAdmin: role === 'admin',
      error,
      sync,
      run: presentRunRow(run),
      groups: await this.changes.groups(run, integration),
      held,
      effect: await this.effect(run),
    };
  }

  private async held(run: MemberSyncRun, { apiUrl }: GithubIntegration) {
    const found = await this.removals.people(run);
    if (found.length === 0) return undefined;
    const links = githubLinks(apiUrl);
    const people = found.map((person) => personView(person, links));
    const { removalDecision, removalDecidedBy: by, removalDecidedAt } = run;
    if (removalDecision) {
      const at = removalDecidedAt?.toISOString();
      return { people, decision: { isApproval: removalDecision === 'approve', by, at } };
    }
    const refusal = await this.removals.refusal(run);
    if (!refusal) return { people, canDecide: true };
    const { message, remedy } = refusal;
    return { people, refusal: { message, remedy } };
  }

  /** Undefined when there is nothing to undo. */
  private async effect(run: MemberSyncRun) {
    if (!run.finishedAt) return undefined;
    const effect = await this.undo.effect(run);
    return effect.back + effect.gone > 0 ? effect : undefined;
  }
}
