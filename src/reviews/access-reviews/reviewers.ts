import type { EntityManager } from 'typeorm';
import { findTeamUsers, type TeamMember, userNotFound } from '../../accounts/users/team-users.js';

/** Who reviews whom. The first that says somebody counts; if none does, any admin reviews them. */
export interface ReviewerChoice {
  /** Users for the people of GitHub teams, those of teams within them included. */
  githubTeamReviewers?: { githubTeamId: number; userId: number }[] | undefined;
  /** Whether the manager of the people list reviews, where they are a user. */
  byManager?: boolean | undefined;
  /** The user for all others. */
  reviewerId?: number | null | undefined;
}

/** What decides about the reviewer of somebody. */
export interface Reviewed {
  /** Our ids of their GitHub teams, with those that these are in. */
  githubTeamIds: Set<number>;
  managerEmail: string | null;
}

/** Finds reviewers among the users of a team. */
export class Reviewers {
  private readonly byId: Map<number, TeamMember>;
  private readonly byEmail: Map<string, TeamMember>;

  /** @throws PublicError `user_not_found` for a chosen one that the team does not have */
  constructor(
    private readonly choice: ReviewerChoice,
    users: TeamMember[],
  ) {
    this.byId = new Map(users.map((user) => [user.id, user]));
    this.byEmail = new Map(users.map((user) => [user.email, user]));
    const chosen = [...this.teams.map(({ userId }) => userId), choice.reviewerId ?? []].flat();
    if (chosen.some((id) => !this.byId.has(id))) throw userNotFound();
  }

  static async of(
    manager: EntityManager,
    teamId: number,
    choice: ReviewerChoice,
  ): Promise<Reviewers> {
    return new Reviewers(choice, await findTeamUsers(manager, teamId));
  }

  get teams(): NonNullable<ReviewerChoice['githubTeamReviewers']> {
    return this.choice.githubTeamReviewers ?? [];
  }

  of({ githubTeamIds, managerEmail }: Reviewed): TeamMember | undefined {
    const ofTeam = this.teams.find(({ githubTeamId }) => githubTeamIds.has(githubTeamId));
    if (ofTeam) return this.byId.get(ofTeam.userId);
    const manager = this.choice.byManager && managerEmail && this.byEmail.get(managerEmail);
    return manager || this.byId.get(this.choice.reviewerId ?? 0);
  }
}
