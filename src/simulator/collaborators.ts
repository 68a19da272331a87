import type { SimUser } from './user.js';

/** The outside collaborators of an organization: people of its repositories who are no members. */
export class SimCollaborators {
  private readonly people = new Set<SimUser>();
  private sorted: readonly SimUser[] | undefined;

  /** @param isMember a member is no outside collaborator */
  constructor(private readonly isMember: (user: SimUser) => boolean) {}

  /** @throws RangeError for a member */
  add(user: SimUser): void {
    if (this.isMember(user)) throw new RangeError(`${user.login} is a member`);
    this.people.add(user);
    this.sorted = undefined;
  }

  /** @returns whether the user was one */
  remove(user: SimUser): boolean {
    this.sorted = undefined;
    return this.people.delete(user);
  }

  has(user: SimUser): boolean {
    return this.people.has(user);
  }

  /** By ascending id, as GitHub sorts its list. */
  list(): readonly SimUser[] {
    this.sorted ??= [...this.people].sort((one, other) => one.id - other.id);
    return this.sorted;
  }
}
