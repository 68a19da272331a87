import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { PersonChanges } from '../../members/changes/person-changes.js';
import type { Member } from '../../members/member.entity.js';
import type { PersonAddress } from './person-address.js';
import { presentEvent } from './present-event.js';

const EVENTS_PER_PAGE = 50;

/** Everything that is kept of what changed of a person, newest first. */
@Injectable()
export class PersonHistory {
  constructor(
    private readonly changes: PersonChanges,
    private readonly runs: MemberSyncRuns,
  ) {}

  async view(
    { changesPrunedUntil }: GithubIntegration,
    { integrationId, githubId }: Member,
    address: PersonAddress,
  ) {
    const { before, first } = address;
    const limit = EVENTS_PER_PAGE;
    const found = await this.changes.page({ integrationId, githubId, before, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const runs = await this.runs.byIds([...new Set(shown.flatMap(({ runId }) => runId ?? []))]);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      organizationId: integrationId,
      events: shown.map((change) => presentEvent(change, runs.get(change.runId ?? 0))),
      first: before && first,
      next: last && address.page(last),
      prunedUntil: changesPrunedUntil?.toISOString(),
    };
  }
}
