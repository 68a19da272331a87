import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import type { Role } from '../../accounts/users/membership.entity.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { HeldRemovals } from '../../integrations/removals/held-removals.js';
import { RunUndo } from '../../integrations/removals/run-undo.js';
import { removalsStale } from '../../integrations/removals/undecided-run.js';
import { type MemberSyncRun, numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import { removalDecision } from '../../integrations/runs/removal-decision.js';
import { syncView } from '../../integrations/runs/sync-view.js';
import type { ShownError } from '../../platform/web/shown-error.js';
import { MOST_CHOSEN } from '../shared/chosen-ids.js';
import { eventsPath } from '../shared/events-path.js';
import { presentOrganization } from '../shared/present-organization.js';
import { HeldRemovalsView } from './held-removals-view.js';
import { presentRunRow } from './present-run-row.js';
import { RunChangesPage } from './run-changes-page.js';

/** The data of a run's page: its changes, its held removals, and an admin's actions. */
@Injectable()
export class RunPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
    private readonly changes: RunChangesPage,
    private readonly removals: HeldRemovals,
    private readonly heldRemovals: HeldRemovalsView,
    private readonly undo: RunUndo,
  ) {}

  /** @throws PublicError 404 */
  async view({ teamId, role }: Identity, id: number, runId: number, error?: ShownError['error']) {
    const integration = await this.integrations.get(teamId, id);
    const organization = presentOrganization(integration);
    const run = await this.runs.ofIntegration(teamId, id, runId);
    const held = await this.held(run, integration, role);
    // The integration's status always describes its unfinished run.
    const sync = run.finishedAt ? undefined : syncView({ integration, latest: run }, role);
    return {
      title: `Run ${numberOf(run)} of ${organization.login}`,
      mark: sync?.mark ?? pageMark({ failed: run.state === 'error', held: held?.canDecide }),
      events: eventsPath(id),
      organization,
      crumb: `Run ${numberOf(run)}`,
      here: `/integrations/github/${id}/runs/${runId}`,
      isAdmin: role === 'admin',
      error,
      sync,
      run: presentRunRow(run, held?.canDecide ? run.id : undefined),
      neighbours: await this.neighbours(run),
      groups: await this.changes.groups(run, integration),
      held,
      effect: await this.effect(run, integration),
    };
  }

  /** The question before an undo. @throws PublicError 404, `integration_disconnected` */
  async undoView({ teamId }: Identity, id: number, runId: number) {
    const integration = await this.integrations.connected(teamId, id);
    const run = await this.runs.ofIntegration(teamId, id, runId);
    const number = numberOf(run);
    return {
      title: `Undo run ${number}?`,
      organization: presentOrganization(integration),
      run: { id: runId, number },
      here: `/integrations/github/${id}/runs/${runId}`,
      effect: await this.effect(run, integration),
    };
  }

  private async held(run: MemberSyncRun, integration: GithubIntegration, role: Role) {
    const held = await this.heldRemovals.list(run, integration);
    if (!held) return undefined;
    const decision = removalDecision(run);
    if (decision)
      return { ...held, canDecide: false, decision: { ...decision, removals: held.removals } };
    const refusal = await this.removals.refusal(run, integration);
    if (!refusal) {
      const mayDecide = role === 'admin';
      const mayChoose = mayDecide && held.people.length > 0;
      return { ...held, canDecide: true, mayDecide, mayChoose, most: MOST_CHOSEN };
    }
    const { message, remedy } = refusal;
    const isStale = refusal.code === removalsStale().code;
    return { ...held, canDecide: false, refusal: { message, remedy }, isStale };
  }

  private async neighbours(run: MemberSyncRun) {
    const { previous, next } = await this.runs.neighbours(run);
    const linked = (to: MemberSyncRun | null) => to && { id: to.id, number: numberOf(to) };
    return { previous: linked(previous), next: linked(next) };
  }

  /** Undefined when there is nothing to undo. */
  private async effect(run: MemberSyncRun, { disconnectedAt }: GithubIntegration) {
    if (!run.finishedAt || disconnectedAt) return undefined;
    const effect = await this.undo.effect(run);
    return Object.values(effect).some((count) => count > 0) ? effect : undefined;
  }
}
