import { nodeIdOf } from './node-id.js';
import type { SimUser } from './user.js';

export type TeamPrivacy = 'closed' | 'secret';
export type TeamRole = 'maintainer' | 'member';

export interface TeamMembership {
  readonly user: SimUser;
  readonly role: TeamRole;
}

/** A team of an organization. It changes through `SimTeams`. */
export class SimTeam {
  readonly nodeId: string;
  slug = '';
  parent: SimTeam | null = null;
  private readonly memberships = new Map<number, TeamMembership>();
  private sorted: readonly TeamMembership[] | undefined;

  constructor(
    readonly id: number,
    public name: string,
    public privacy: TeamPrivacy,
  ) {
    this.nodeId = nodeIdOf('Team', id);
  }

  /** Those in the team itself, by ascending id. */
  get members(): readonly TeamMembership[] {
    this.sorted ??= [...this.memberships.values()].sort((one, two) => one.user.id - two.user.id);
    return this.sorted;
  }

  has(user: SimUser | undefined): boolean {
    return user !== undefined && this.memberships.has(user.id);
  }

  /** For `SimTeams`. */
  put(user: SimUser, role: TeamRole): void {
    this.memberships.set(user.id, { user, role });
    this.sorted = undefined;
  }

  /** For `SimTeams`. @returns whether the user was in it */
  drop(user: SimUser): boolean {
    this.sorted = undefined;
    return this.memberships.delete(user.id);
  }
}
