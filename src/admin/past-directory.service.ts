import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../integrations/github-integration.entity.js';
import { parseAsOf } from '../members/as-of.js';
import type { Member } from '../members/member.entity.js';
import { RosterHistory } from '../members/roster-history.service.js';
import { type DirectoryQuery, PAGE } from './directory-query.js';
import { presentPastRow } from './member-row.js';
import { tell } from './told.js';

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
    const moment = parseAsOf(query.asOf);
    const roster = await this.history.asOf(id, moment, changesPrunedUntil);
    const { members, next, total } = pageOf(roster, query);
    const to = query.from + members.length - 1;
    return {
      moment: moment.toISOString(),
      tabs: query.tabs(countsOf(roster)),
      rows: members.map((member) => presentPastRow(member, apiUrl)),
      isEverEmpty: false,
      from: query.from,
      to,
      total,
      first: query.after && query.with({}),
      next: next && query.with({ after: next, from: to + 1 }),
    };
  }
}

/** The roster is sorted as pages are. */
function pageOf(roster: Member[], { status, search, after }: DirectoryQuery) {
  const found = roster.filter((member) => member.status === status && fits(member, search));
  const rest = after ? found.filter((member) => isAfter(member, after)) : found;
  const members = rest.slice(0, PAGE);
  return {
    members,
    next: rest.length > PAGE ? members.at(-1) : undefined,
    total: found.length,
  };
}

type Place = Pick<Member, 'loginKey' | 'id'>;

const isAfter = (member: Place, { loginKey, id }: Place): boolean =>
  member.loginKey > loginKey || (member.loginKey === loginKey && member.id > id);

/** As the directory of now is searched. */
function fits({ loginKey, name }: Member, search: string): boolean {
  const text = search.toLowerCase();
  return loginKey.startsWith(text) || name.toLowerCase().includes(text);
}

function countsOf(roster: Member[]) {
  const counts = { active: 0, left: 0, disabled: 0 };
  for (const { status } of roster) counts[status]++;
  return counts;
}
