import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GithubTeam } from '../../members/github-teams/github-team.entity.js';
import { GithubTeamPlaces } from '../../members/github-teams/github-team-places.js';
import { GithubTeams, type TeamsThen } from '../../members/github-teams/github-teams.js';
import type { StoredTeam } from '../../members/github-teams/team-diff.js';
import type { MemberFilter } from '../../members/listing/member-query.js';
import { PublicError } from '../../platform/public-error.js';
import { GithubIntegration } from './github-integration.entity.js';
import { IntegrationsService } from './integrations.service.js';

/** A GitHub team among those of its organization. */
export interface FoundTeam {
  integration: GithubIntegration;
  /** It may be a deleted one. */
  team: StoredTeam;
  teams: TeamsThen;
}

/** Finds GitHub teams of a team's organizations; never another team's. */
@Injectable()
export class TeamGithubTeams {
  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: IntegrationsService,
    private readonly githubTeams: GithubTeams,
    private readonly places: GithubTeamPlaces,
  ) {}

  /** @param id our id of the GitHub team @throws PublicError `github_team_not_found`, also for another team's */
  async find(teamId: number, id: number): Promise<FoundTeam> {
    const integration = await this.dataSource
      .createQueryBuilder(GithubIntegration, 'integration')
      .innerJoin(GithubTeam, 'githubTeam', 'githubTeam.integration_id = integration.id')
      .where('githubTeam.id = :id AND integration.team_id = :teamId', { id, teamId })
      .getOne();
    if (!integration) throw githubTeamNotFound();
    return this.among(integration, id);
  }

  /** The same in one organization. @throws PublicError 404 */
  async in(teamId: number, integrationId: number, id: number): Promise<FoundTeam> {
    return this.among(await this.integrations.get(teamId, integrationId), id);
  }

  /** The filter of a directory for the people of a GitHub team. @throws PublicError 404 */
  async filter(
    teamId: number,
    integrationId: number,
    { githubTeam, includeChildTeams }: { githubTeam: number; includeChildTeams: boolean },
  ): Promise<MemberFilter['githubTeams']> {
    return this.peopleOf(await this.in(teamId, integrationId, githubTeam), includeChildTeams);
  }

  /** The filter of a directory for the people of a GitHub team that was found. */
  peopleOf(
    { team, teams }: FoundTeam,
    includeChildTeams: boolean,
  ): Promise<NonNullable<MemberFilter['githubTeams']>> {
    return this.places.filter(team, teams.tree, includeChildTeams);
  }

  private async among(integration: GithubIntegration, id: number): Promise<FoundTeam> {
    const teams = await this.githubTeams.of({ integrationId: integration.id });
    const team = [...teams.teams, ...teams.deleted].find((one) => one.id === id);
    if (!team) throw githubTeamNotFound();
    return { integration, team, teams };
  }
}

export const githubTeamNotFound = () =>
  new PublicError(
    404,
    'github_team_not_found',
    'Your team does not have this GitHub team.',
    'Choose one that the organization lists.',
  );
