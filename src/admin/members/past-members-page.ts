import { Injectable } from '@nestjs/common';
import { Directories } from '../../integrations/connections/directories.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { PeopleQuestions } from '../../integrations/parts/people-questions.js';
import { parseAsOf } from '../../members/past/as-of.js';
import { shownError } from '../../platform/web/shown-error.js';
import { githubLinks } from '../shared/github-links.js';
import type { DirectoryQuery } from './directory-query.js';
import { DirectoryTeams } from './directory-team.js';
import { choicesOf, directoryView } from './directory-view.js';
import { matchingOf } from './matching.js';
import { presentPastRow } from './member-row.js';

/** The data of the directory page as of a past moment. */
@Injectable()
export class PastMembersPage {
  constructor(
    private readonly directories: Directories,
    private readonly questions: PeopleQuestions,
    private readonly teams: DirectoryTeams,
  ) {}

  async view(integration: GithubIntegration, query: DirectoryQuery, signal?: AbortSignal) {
    const { isOutside, path, here, now, asOf, status, search } = query;
    const { isFiltered, limit, isResized } = query;
    const repeated = { isOutside, path, here, now, asOf, status, search };
    const shown = { ...repeated, isFiltered, limit, isResized };
    const place = { ...shown, choices: choicesOf(query) };
    try {
      return { ...place, ...(await this.roster(integration, query, signal)) };
    } catch (error) {
      return { ...place, error: shownError(error).error };
    }
  }

  private async roster(
    integration: GithubIntegration,
    asked: DirectoryQuery,
    signal?: AbortSignal,
  ) {
    const now = new Date();
    const moment = parseAsOf(asked.asOf, now);
    await this.questions.check(integration, asked, moment);
    const team = await this.teams.of(integration, asked, moment);
    const query = asked.inTeam(team?.people);
    const roster = await this.directories.past(integration, moment, signal);
    const links = githubLinks(integration.apiUrl);
    const page = await roster.page({ ...query.members, limit: query.limit });
    const counts = await roster.counts(query.affiliation);
    return {
      ...directoryView(query, counts, page, await matchingOf(query, page, roster)),
      team,
      moment: moment.toISOString(),
      isNow: moment === now,
      rows: page.members.map((member) => presentPastRow(member, links)),
    };
  }
}
