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

/** Reads an integration together with its latest run, for whoever shows where its sync stands. */
@Injectable()
export class CurrentSync {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
  ) {}

  /** @param known what was just read of both. @throws PublicError 404, for another team's as well */
  async read(teamId: number, id: number, known?: Current): Promise<Current> {
    const current = known ?? (await this.readOnce(teamId, id));
    // They are written in one transaction and read by two statements. A run that began or ended between these would be
    // shown as an end that is none, or with numbers that are not the last; and then nobody would ask again.
    return fits(current) ? current : this.readOnce(teamId, id);
  }

  /** People by status as they are now; what a run has done is in one of the two that are added up, and not in both. */
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
