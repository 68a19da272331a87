import { SimTeam, type TeamPrivacy, type TeamRole } from './team.js';
import type { TeamChange } from './team-change.js';
import type { SimUser } from './user.js';

export interface TeamDetails {
  readonly id?: number;
  readonly privacy?: TeamPrivacy;
  readonly parent?: SimTeam;
}

/** What teams need of their organization. */
interface Surroundings {
  nextId(): number;
  isMember(user: SimUser): boolean;
  /** Tells the webhooks. */
  changed(change: TeamChange): void;
  /** Of a team that is deleted. */
  forget(team: SimTeam): void;
}

/** The teams of an organization, nested in each other. */
export class SimTeams {
  private readonly byId = new Map<number, SimTeam>();
  private readonly byNodeId = new Map<string, SimTeam>();
  private sorted: readonly SimTeam[] | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  /** By ascending id. */
  list(): readonly SimTeam[] {
    this.sorted ??= [...this.byId.values()].sort((one, other) => one.id - other.id);
    return this.sorted;
  }

  find(nodeId: string): SimTeam | undefined {
    return this.byNodeId.get(nodeId);
  }

  childrenOf(parent: SimTeam): SimTeam[] {
    return this.list().filter((team) => team.parent === parent);
  }

  /** The teams in it, theirs, and so on. */
  descendantsOf(parent: SimTeam): SimTeam[] {
    return this.childrenOf(parent).flatMap((child) => [child, ...this.descendantsOf(child)]);
  }

  /** @throws RangeError when the id is taken */
  create(name: string, { id, privacy = 'closed', parent }: TeamDetails = {}): SimTeam {
    const team = new SimTeam(id ?? this.surroundings.nextId(), name, privacy);
    if (this.byId.has(team.id)) throw new RangeError(`The team id ${team.id} is taken`);
    team.slug = this.freeSlug(name);
    team.parent = parent ?? null;
    this.byId.set(team.id, team);
    this.byNodeId.set(team.nodeId, team);
    this.sorted = undefined;
    this.surroundings.changed({ action: 'team_created', team });
    return team;
  }

  /** The slug follows the name, and the old one is free at once. */
  rename(team: SimTeam, name: string): void {
    const from = team.name;
    team.slug = '';
    team.name = name;
    team.slug = this.freeSlug(name);
    this.surroundings.changed({ action: 'team_edited', team, changes: { name: { from } } });
  }

  setPrivacy(team: SimTeam, privacy: TeamPrivacy): void {
    const from = team.privacy;
    team.privacy = privacy;
    this.surroundings.changed({ action: 'team_edited', team, changes: { privacy: { from } } });
  }

  /** @throws RangeError when the parent is in the team */
  move(team: SimTeam, parent: SimTeam | null): void {
    if (parent && [team, ...this.descendantsOf(team)].includes(parent))
      throw new RangeError(`${parent.name} is in ${team.name}`);
    team.parent = parent;
    this.surroundings.changed({ action: 'team_edited', team, changes: {} });
  }

  /** With the teams in it, as GitHub does. */
  delete(team: SimTeam): void {
    for (const child of this.childrenOf(team)) this.delete(child);
    this.byId.delete(team.id);
    this.byNodeId.delete(team.nodeId);
    this.sorted = undefined;
    this.surroundings.forget(team);
    this.surroundings.changed({ action: 'team_deleted', team });
  }

  /** Adds somebody, or changes the role of somebody who is in it. @throws RangeError for nobody of the organization */
  add(team: SimTeam, user: SimUser, role: TeamRole = 'member'): void {
    if (!this.surroundings.isMember(user)) throw new RangeError(`${user.login} is no member`);
    const isNew = !team.has(user);
    team.put(user, role);
    if (isNew) this.surroundings.changed({ action: 'team_member_added', team, user });
  }

  remove(team: SimTeam, user: SimUser): void {
    if (team.drop(user)) this.surroundings.changed({ action: 'team_member_removed', team, user });
  }

  /** For somebody who left the organization, of which GitHub tells no team. */
  removeEverywhere(user: SimUser): void {
    for (const team of this.byId.values()) team.drop(user);
  }

  private freeSlug(name: string): string {
    const wished = slugOf(name);
    for (let count = 0; ; count++) {
      const slug = count === 0 ? wished : `${wished}-${count}`;
      if (![...this.byId.values()].some((team) => team.slug === slug)) return slug;
    }
  }
}

function slugOf(name: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return words.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'team';
}
