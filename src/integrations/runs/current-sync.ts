import { Injectable } from '@nestjs/common';
import type { StatusCounts } from '../../members/member-counts.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import { IntegrationsService } from '../connections/integrations.service.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import { MemberSyncRuns } from './member-sync-runs.js';
import { countsOfNow } from './run-counts.js';

export interface Current {
  integration: GithubIntegration;
  latest: MemberSyncRun | null;
}

/** Reads an integration with its latest run, to show the state of its sync. */
@Injectable()
export class CurrentSync {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
  ) {}

  /** @param known both, if just read. @throws PublicError 404, also for another team's integration */
  async read(teamId: number, id: number, known?: Current): Promise<Current> {
    const current = known ?? (await this.readOnce(teamId, id));
    // One transaction writes both, but two statements read them. If a run begins or ends in between, the page would show
    // a wrong end or old numbers, and would stop asking.
    return fits(current) ? current : this.readOnce(teamId, id);
  }

  /** People by status now. A run's changes count once: in the stored counts or in the unfinished run. */
  async counts(
    latest: MemberSyncRun | null,
    kept: () => Promise<StatusCounts>,
  ): Promise<StatusCounts> {
    const counts = await kept();
    if (!latest?.unfinishedIntegrationId) return counts;
    const now = await this.runs.latest(latest.integrationId);
    return now?.id === latest.id && !now.finishedAt ? countsOfNow(counts, now) : kept();
  }

  private async readOnce(teamId: number, id: number): Promise<Current> {
    const [integration, latest] = await Promise.all([
      this.integrations.get(teamId, id),
      this.runs.latest(id),
    ]);
    return { integration, latest };
  }
}

const fits = ({ integration, latest }: Current): boolean =>
  !latest || (integration.memberSyncStatus === 'syncing') === (latest.finishedAt === null);
