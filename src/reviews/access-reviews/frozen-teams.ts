import type { EntityManager } from 'typeorm';
import { knownTeams, placesOf } from '../../members/github-teams/known-teams.js';
import { bySlug, type StoredTeam } from '../../members/github-teams/team-diff.js';
import { TeamTree } from '../../members/github-teams/team-tree.js';

/** The existing teams of an organization, by our ids, and what each is in. */
export class FrozenTeams {
  private readonly teams: Map<number, StoredTeam>;
  private readonly tree: TeamTree<StoredTeam>;

  constructor(teams: StoredTeam[]) {
    this.teams = new Map(teams.map((team) => [team.id, team]));
    this.tree = new TeamTree([...teams].sort(bySlug));
  }

  static async of(manager: EntityManager, integrationId: number): Promise<FrozenTeams> {
    const known = await knownTeams(manager, integrationId);
    return new FrozenTeams([...known.values()].filter(({ leftAt }) => !leftAt));
  }

  has(teamId: number): boolean {
    return this.teams.has(teamId);
  }

  /** For each of these people, the teams in which they are themselves. @param githubIds GitHub's ids */
  async placesOf(manager: EntityManager, githubIds: number[]): Promise<Map<number, StoredTeam[]>> {
    const found = new Map<number, StoredTeam[]>();
    for (const { githubId, githubTeamId } of await placesOf(manager, githubIds)) {
      const team = this.teams.get(githubTeamId);
      if (team) found.set(githubId, [...(found.get(githubId) ?? []), team]);
    }
    return found;
  }

  /** The slugs of the teams that a team is in, and its own. */
  path(team: StoredTeam): string {
    return [...this.tree.ancestors(team), team].map(({ slug }) => slug).join('/');
  }

  /** Our ids of these teams and of those that they are in. */
  within(teams: StoredTeam[]): Set<number> {
    return new Set(
      teams.flatMap((team) => [team, ...this.tree.ancestors(team)].map(({ id }) => id)),
    );
  }
}
