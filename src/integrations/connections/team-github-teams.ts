import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GithubTeam } from '../../members/github-teams/github-team.entity.js';
import { GithubTeamPlaces } from '../../members/github-teams/github-team-places.js';
import { GithubTeams, type TeamWithTree } from '../../members/github-teams/github-teams.js';
import type { MemberFilter } from '../../members/listing/member-query.js';
import { PublicError } from '../../platform/public-error.js';
import { PeopleQuestions } from '../parts/people-questions.js';
import { GithubIntegration } from './github-integration.entity.js';
import { IntegrationsService } from './integrations.service.js';

/** A GitHub team, which may be a deleted one, with its organization. */
export interface FoundTeam extends TeamWithTree {
  integration: GithubIntegration;
}

/** Finds GitHub teams of a team's organizations; never another team's. */
@Injectable()
export class TeamGithubTeams {
  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: IntegrationsService,
    private readonly githubTeams: GithubTeams,
    private readonly places: GithubTeamPlaces,
    private readonly questions: PeopleQuestions,
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

  /**
   * The same as of a past moment, by the teams of that moment.
   * @throws PublicError `as_of_too_early` where teams were first read later
   */
  async asOf({ integration, team }: FoundTeam, moment: Date): Promise<FoundTeam> {
    await this.questions.checkPast(integration, 'teams', moment);
    const teams = await this.githubTeams.of({ integrationId: integration.id, asOf: moment });
    return { integration, team: teams.teams.find(({ id }) => id === team.id) ?? team, teams };
  }

  /** By the slug that it has, or had at a past moment; of a team that was renamed since, also by the present one. */
  async withSlug(
    integration: GithubIntegration,
    slug: string,
    moment?: Date,
  ): Promise<FoundTeam | undefined> {
    const teams = await this.githubTeams.of({ integrationId: integration.id, asOf: moment });
    const key = slug.toLowerCase();
    const named = teams.teams.find((one) => one.slug === key);
    if (named) return { integration, team: named, teams };
    const now = moment && (await this.withSlug(integration, slug));
    const team = teams.teams.find(({ id }) => id === now?.team.id);
    return team && { integration, team, teams };
  }

  /** The filter of a directory for the people of a GitHub team, at the moment of its teams. */
  peopleOf(
    { team, teams: { tree, asOf } }: FoundTeam,
    includeChildTeams: boolean,
  ): Promise<NonNullable<MemberFilter['githubTeams']>> {
    return this.places.filter(team, tree, includeChildTeams, asOf);
  }

  private async among(integration: GithubIntegration, id: number): Promise<FoundTeam> {
    const found = await this.githubTeams.around(integration.id, id);
    if (!found) throw githubTeamNotFound();
    return { integration, ...found };
  }
}

export const githubTeamNotFound = () =>
  new PublicError(
    404,
    'github_team_not_found',
    'Your team does not have this GitHub team.',
    'Choose one that the organization lists.',
  );
