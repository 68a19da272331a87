import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../integrations/github-integration.entity.js';
import { parseAsOf } from '../members/as-of.js';
import { RosterHistory } from '../members/roster-history.service.js';
import { tell } from '../platform/web/told.js';
import { type DirectoryQuery, PAGE } from './directory-query.js';
import { choicesOf, directoryView } from './directory-view.js';
import { githubLinks } from './github-links.js';
import { presentPastRow } from './member-row.js';

/** What the directory shows as of a past moment. */
@Injectable()
export class PastDirectory {
  constructor(private readonly history: RosterHistory) {}

  async view(integration: GithubIntegration, query: DirectoryQuery) {
    const { here, now, asOf, status, search, isFiltered } = query;
    const place = { here, now, asOf, status, search, isFiltered, choices: choicesOf(query) };
    try {
      return { ...place, ...(await this.roster(integration, query)) };
    } catch (error) {
      return { ...place, error: tell(error).error };
    }
  }

  private async roster(
    { id, apiUrl, changesPrunedUntil }: GithubIntegration,
    query: DirectoryQuery,
  ) {
    const moment = parseAsOf(query.asOf);
    const roster = await this.history.asOf(id, moment, changesPrunedUntil);
    const links = githubLinks(apiUrl);
    const page = await roster.page({ ...query.members, limit: PAGE });
    return {
      ...directoryView(query, await roster.counts(), page),
      moment: moment.toISOString(),
      rows: page.members.map((member) => presentPastRow(member, links)),
    };
  }
}
