import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { TeamGithubTeams } from '../../integrations/connections/team-github-teams.js';
import type { MemberFilter } from '../../members/listing/member-query.js';
import { githubTeamsPath } from '../shared/github-team-path.js';
import type { DirectoryQuery } from './directory-query.js';

/** The GitHub team whose people a directory page shows. */
export interface DirectoryTeam {
  name: string;
  href: string;
  people: MemberFilter['githubTeams'];
}

/** Finds the GitHub team of a directory page. */
@Injectable()
export class DirectoryTeams {
  constructor(private readonly teams: TeamGithubTeams) {}

  /** Undefined where none is chosen. @param moment of the past @throws PublicError `github_team_not_found` */
  async of(
    { teamId, id }: Pick<GithubIntegration, 'teamId' | 'id'>,
    { githubTeam, includeChildTeams }: DirectoryQuery,
    moment?: Date,
  ): Promise<DirectoryTeam | undefined> {
    if (githubTeam === undefined) return undefined;
    const found = await this.teams.in(teamId, id, githubTeam);
    const then = moment ? await this.teams.asOf(found, moment) : found;
    const people = await this.teams.peopleOf(then, includeChildTeams);
    return { name: then.team.name, href: githubTeamsPath(id, then.team.id), people };
  }
}
