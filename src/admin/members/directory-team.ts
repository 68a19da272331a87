import { Injectable } from '@nestjs/common';
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

  /** Undefined where none is chosen, or for a past date. @throws PublicError `github_team_not_found` */
  async of(
    teamId: number,
    integrationId: number,
    { githubTeam, includeChildTeams, asOf }: DirectoryQuery,
  ): Promise<DirectoryTeam | undefined> {
    if (githubTeam === undefined || asOf) return undefined;
    const found = await this.teams.in(teamId, integrationId, githubTeam);
    const { id, name } = found.team;
    const people = await this.teams.peopleOf(found, includeChildTeams);
    return { name, href: githubTeamsPath(integrationId, id), people };
  }
}
