import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../integrations/github-integration.entity.js';
import { parseAsOf } from '../members/as-of.js';
import { PastRoster } from '../members/past-roster.js';
import { RosterHistory } from '../members/roster-history.service.js';
import { tell } from '../platform/web/told.js';
import { type DirectoryQuery, PAGE } from './directory-query.js';
import { presentPastRow } from './member-row.js';

/** What the directory shows as of a past moment. */
@Injectable()
export class PastDirectory {
  constructor(private readonly history: RosterHistory) {}

  async view(integration: GithubIntegration, query: DirectoryQuery) {
    const { here, now, asOf, status, search } = query;
    const place = { here, now, asOf, status, search };
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
    const { status, search, after, from } = query;
    const moment = parseAsOf(query.asOf);
    const roster = new PastRoster(await this.history.asOf(id, moment, changesPrunedUntil));
    const asked = { statuses: [status], search, after, limit: PAGE };
    const { members, next } = await roster.page(asked);
    const to = from + members.length - 1;
    return {
      moment: moment.toISOString(),
      tabs: query.tabs(roster.counts()),
      rows: members.map((member) => presentPastRow(member, apiUrl)),
      isEverEmpty: false,
      from,
      to,
      total: roster.found([status], search).length,
      first: after && query.with({}),
      next: next && query.with({ after: next, from: to + 1 }),
    };
  }
}
