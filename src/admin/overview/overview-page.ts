import { Injectable } from '@nestjs/common';
import type { Identity } from '../../accounts/identity.js';
import { RecentChanges } from '../../integrations/activity/recent-changes.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import type { ChangeCounts } from '../../members/changes/changes.js';
import { type ChangeKind, RUN_CHANGE_KINDS } from '../../members/changes/member-change.entity.js';
import { DAY_MS } from '../../platform/dates.js';
import { IntegrationsPage } from '../integrations/integrations-page.js';
import { sizeChart } from '../runs/size-chart.js';
import { FirstSteps } from './first-steps.js';
import { teamSizes } from './team-sizes.js';

const WEEK_MS = 7 * DAY_MS;

/** The most points of one organization in the size chart. */
const MAX_CHART_POINTS = 100;

/** What a kind of change is called after its count. */
const WORDS: Partial<Record<ChangeKind, string>> = {
  role: 'role changed',
  profile: 'profile changed',
  suspension: 'suspension changed',
  collaborator_added: 'collaborators added',
  collaborator_removed: 'collaborators removed',
  invitation_accepted: 'invitations accepted',
  invitation_cancelled: 'invitations cancelled',
  invitation_failed: 'invitations failed',
  team_created: 'teams created',
  team_renamed: 'teams renamed',
  team_moved: 'teams moved',
  team_deleted: 'teams deleted',
  team_joined: 'joined teams',
  team_left: 'left teams',
  team_role: 'roles in teams changed',
  identity: 'identities changed',
};

/** The data of a team's first page. */
@Injectable()
export class OverviewPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly list: IntegrationsPage,
    private readonly runs: MemberSyncRuns,
    private readonly recent: RecentChanges,
    private readonly steps: FirstSteps,
  ) {}

  async view(identity: Identity, now = new Date()) {
    const integrations = await this.integrations.list(identity.teamId);
    const connected = integrations.filter(({ disconnectedAt }) => !disconnectedAt);
    const ids = connected.map(({ id }) => id);
    const [{ groups, active }, changes, sizes, steps] = await Promise.all([
      this.list.view(identity),
      this.recent.of(ids, new Date(now.getTime() - WEEK_MS)),
      Promise.all(ids.map((id) => this.runs.sizes(id, MAX_CHART_POINTS))),
      identity.role === 'admin' ? this.steps.of(identity.teamId, integrations) : undefined,
    ]);
    return {
      title: 'Overview',
      organizations: connected.length,
      active,
      steps,
      attention: groups.find(({ id }) => id === 'attention')?.cards,
      changes: connected.flatMap((one) => changeRow(one, changes.get(one.id))),
      sizes: sizeChart(teamSizes(sizes)),
      nextSyncs: nextSyncs(connected),
    };
  }
}

/** None where nothing changed. */
function changeRow({ id, organizationLogin }: GithubIntegration, counts: ChangeCounts = {}) {
  const parts = RUN_CHANGE_KINDS.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    const href = `/integrations/github/${id}/runs?kind=${kind}`;
    return count > 0 ? [{ count, words: WORDS[kind] ?? kind, href }] : [];
  });
  return parts.length > 0 ? [{ id, login: organizationLogin, parts }] : [];
}

const nextSyncs = (connected: GithubIntegration[]) =>
  connected
    .flatMap(({ id, organizationLogin: login, nextSyncAt: at }) => (at ? [{ id, login, at }] : []))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
