import { Injectable } from '@nestjs/common';
import { Activity } from '../../integrations/activity/activity.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import type { MemberChange } from '../../members/changes/member-change.entity.js';
import { MembersService } from '../../members/listing/members.service.js';
import { eventsPath } from '../shared/events-path.js';
import { githubLinks } from '../shared/github-links.js';
import { presentOrganization } from '../shared/present-organization.js';
import { historyKinds } from './activity-kinds.js';
import { presentChangeRow, UNKNOWN_PERSON } from './change-row.js';
import { HistoryQuery } from './history-query.js';
import { presentRunRow } from './present-run-row.js';
import { sizeChart } from './size-chart.js';

const ITEMS_PER_PAGE = 25;

/** The most points in the size chart. */
const MAX_CHART_POINTS = 200;

/** The data of the page with an organization's runs, and what people did by hand. */
@Injectable()
export class RunsPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
    private readonly activity: Activity,
    private readonly members: MembersService,
  ) {}

  async list(teamId: number, id: number, parameters: unknown) {
    const integration = await this.integrations.get(teamId, id);
    const organization = presentOrganization(integration);
    const query = new HistoryQuery(id, parameters);
    const { before, isFiltered, here, first, person, by } = query;
    const { items, next } = await this.activity.page(query.filter, {
      limit: ITEMS_PER_PAGE,
      before,
    });
    const decidableFrom = integration.disconnectedAt
      ? undefined
      : await this.runs.decidableFrom(id);
    const changes = await this.byHand(
      integration,
      items.flatMap(({ change }) => change ?? []),
    );
    return {
      title: `History of ${organization.login}`,
      mark: pageMark({ syncing: organization.status === 'syncing' }),
      events: eventsPath(id),
      organization,
      ...{ here, first, isFiltered, person, by },
      all: `/integrations/github/${id}/runs`,
      kinds: historyKinds(query.kind),
      csv: query.export('csv'),
      json: query.export('json'),
      sizes:
        before || isFiltered ? undefined : sizeChart(await this.runs.sizes(id, MAX_CHART_POINTS)),
      items: items.map(({ run, change }) =>
        run ? { run: presentRunRow(run, decidableFrom) } : { change: changes.get(change.id) },
      ),
      isFirst: !before,
      next: next && query.page(next),
    };
  }

  private async byHand({ id, apiUrl }: GithubIntegration, changes: MemberChange[]) {
    const people = await this.members.people(
      id,
      changes.map(({ githubId }) => githubId),
    );
    const links = githubLinks(apiUrl);
    return new Map(
      changes.map((change) => [
        change.id,
        {
          ...presentChangeRow(change, people.get(change.githubId) ?? UNKNOWN_PERSON, links),
          isDisabled: change.kind === 'disabled',
        },
      ]),
    );
  }
}
