import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { PeopleQuestions } from '../../integrations/parts/people-questions.js';
import { type Current, CurrentSync } from '../../integrations/runs/current-sync.js';
import { MembersService } from '../../members/listing/members.service.js';
import type { StatusCounts } from '../../members/member-counts.js';
import { shownError } from '../../platform/web/shown-error.js';
import { githubLinks } from '../shared/github-links.js';
import type { DirectoryQuery } from './directory-query.js';
import { DirectoryTeams } from './directory-team.js';
import { directoryView } from './directory-view.js';
import { matchingOf } from './matching.js';
import { chosenActions, presentMemberRow, statusAction } from './member-row.js';

/** The data of the directory page as of now. */
@Injectable()
export class PresentMembersPage {
  constructor(
    private readonly current: CurrentSync,
    private readonly members: MembersService,
    private readonly teams: DirectoryTeams,
    private readonly questions: PeopleQuestions,
  ) {}

  async view(current: Current, asked: DirectoryQuery, isAdmin: boolean) {
    const { integration } = current;
    const [counts, list, lack] = await Promise.all([
      this.counts(current, asked),
      this.list(integration, asked),
      this.lackOf(integration, asked),
    ]);
    const { query, team, page, matching } = list;
    const [links, { here }] = [githubLinks(integration.apiUrl), query];
    const canEdit = isAdmin && !integration.disconnectedAt;
    const rows = page.members.map((member) => ({
      ...presentMemberRow(member, links),
      standing: canEdit && statusAction(member, here),
    }));
    const chosen = canEdit && { ...chosenActions(integration.id, query.status), back: here };
    return { ...directoryView(query, counts, page, matching), canEdit, rows, chosen, team, lack };
  }

  private async list(integration: GithubIntegration, asked: DirectoryQuery) {
    const team = await this.teams.of(integration, asked);
    const query = asked.inTeam(team?.people);
    const page = await this.members.page({ ...query.members, limit: query.limit });
    return { query, team, page, matching: await matchingOf(query, page, this.members) };
  }

  private counts(
    { integration: { id }, latest }: Current,
    { isOutside }: DirectoryQuery,
  ): Promise<StatusCounts> {
    return isOutside
      ? this.members.collaboratorCounts({ integrationId: id })
      : this.current.counts(latest, () => this.members.counts(id));
  }

  /** What is asked for and not visible. The list itself says how far the outside collaborators are known. */
  private async lackOf(integration: GithubIntegration, query: DirectoryQuery) {
    const { identity, githubTeam, twoFactor, role, isOutside } = query;
    const question = { identity, githubTeam, twoFactor, role: !isOutside && role };
    const lack = await this.questions.lackOf(integration, question);
    return lack && shownError(lack).error;
  }
}
