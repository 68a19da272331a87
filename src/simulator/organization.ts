import { SimCollaborators } from './collaborators.js';
import { SimIdentities } from './identities.js';
import { type InvitationDetails, type SimInvitation, SimInvitations } from './invitations.js';
import { MemberOrder } from './member-order.js';
import type { Role, SimMembership } from './membership.js';
import { nodeIdOf } from './node-id.js';
import type { OrganizationChange } from './organization-change.js';
import type { TeamChange } from './team-change.js';
import { SimTeams } from './teams.js';
import type { SimUser } from './user.js';

export interface MemberFilter {
  readonly publicOnly?: boolean;
  readonly role?: Role | 'all';
}

/** What an organization needs of its world. */
interface Surroundings {
  /** In the one space of names that organizations and users share. @throws Error when the login is taken */
  moveLogin(organization: SimOrganization, login: string): void;
  /** Tells the webhooks. */
  changed(organization: SimOrganization, change: OrganizationChange): void;
  teamChanged(organization: SimOrganization, change: TeamChange): void;
  /** The user with this login, in any case. */
  holder(login: string): SimUser | undefined;
  /** An id that nothing else has. */
  nextId(): number;
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

/** An organization whose members, roles and name can change at any moment. */
export class SimOrganization {
  readonly kind = 'Organization';
  readonly nodeId: string;
  name: string;
  /** Whether members' tokens must be authorized by single sign-on. */
  ssoRequired = false;
  readonly identities = new SimIdentities((login) => this.surroundings.holder(login));
  readonly invitations: SimInvitations;
  readonly teams: SimTeams;
  readonly collaborators = new SimCollaborators((user) => this.memberships.has(user.id));
  private readonly order = new MemberOrder();
  private readonly memberships = new Map<number, SimMembership>();
  private readonly lists = new Map<string, readonly SimMembership[]>();

  constructor(
    private readonly surroundings: Surroundings,
    readonly id: number,
    private currentLogin: string,
  ) {
    this.nodeId = nodeIdOf('Organization', id);
    this.name = currentLogin;
    this.invitations = new SimInvitations(surroundings);
    this.teams = new SimTeams({
      nextId: () => surroundings.nextId(),
      isMember: (user) => this.memberships.has(user.id),
      changed: (change) => surroundings.teamChanged(this, change),
      forget: (team) => this.invitations.forgetTeam(team),
    });
  }

  get login(): string {
    return this.currentLogin;
  }

  /** Everybody, by ascending id. */
  get members(): SimUser[] {
    return this.list().map(({ user }) => user);
  }

  get size(): number {
    return this.memberships.size;
  }

  /** Memberships by ascending id, as GitHub sorts its list. Kept until somebody joins, leaves or changes. */
  list({ publicOnly = false, role = 'all' }: MemberFilter = {}): readonly SimMembership[] {
    const key = `${publicOnly} ${role}`;
    const kept = this.lists.get(key);
    if (kept) return kept;
    const all = this.order.sorted(this.memberships);
    const list =
      role === 'all' && !publicOnly
        ? [...all]
        : all.filter((one) => (one.public || !publicOnly) && (role === 'all' || one.role === role));
    this.lists.set(key, list);
    return list;
  }

  requireSso(required = true): void {
    this.ssoRequired = required;
  }

  membership(user: SimUser | undefined): SimMembership | undefined {
    return user && this.memberships.get(user.id);
  }

  /** Whether somebody gets at anything in it, as a member or as a collaborator. */
  isOpenTo(user: SimUser | undefined): boolean {
    return user !== undefined && (this.memberships.has(user.id) || this.collaborators.has(user));
  }

  /** Somebody's membership, also where they have not accepted it yet. */
  standing(
    user: SimUser | undefined,
  ): { membership: SimMembership; state: 'active' | 'pending' } | undefined {
    const active = this.membership(user);
    if (active) return { membership: active, state: 'active' };
    const invitation = user && this.invitations.ofUser(user);
    if (!invitation) return undefined;
    const role = invitation.role === 'admin' ? 'admin' : 'member';
    return { membership: { user, role, public: false }, state: 'pending' };
  }

  /** @param who a user, or an email address */
  invite(who: SimUser | string, details: InvitationDetails = {}): SimInvitation {
    const inviter = this.list({ role: 'admin' })[0]?.user;
    const invitation = this.invitations.add(who, { ...(inviter && { inviter }), ...details });
    this.surroundings.changed(this, { action: 'member_invited', invitation });
    return invitation;
  }

  /** @param user who accepts, needed where the invitation knows only an email address */
  accept(invitation: SimInvitation, user: SimUser | null = invitation.user): void {
    if (!user) throw new TypeError('An invitation by email needs somebody who accepts it');
    this.invitations.cancel(invitation);
    this.join(user, { role: invitation.role === 'admin' ? 'admin' : 'member' });
    for (const team of invitation.teams) this.teams.add(team, user);
  }

  /** Adds somebody, or changes the role and visibility of somebody who is in already. */
  join(
    user: SimUser,
    { role = 'member', public: shown = false }: Partial<SimMembership> = {},
  ): void {
    const isNew = !this.memberships.has(user.id);
    const membership = { user, role, public: shown };
    this.put(membership);
    if (isNew) this.surroundings.changed(this, { action: 'member_added', membership });
  }

  /** @throws RangeError when the user is no member */
  setRole(user: SimUser, role: Role): void {
    this.put({ ...this.existing(user), role });
  }

  /** @throws RangeError when the user is no member */
  setPublic(user: SimUser, shown: boolean): void {
    this.put({ ...this.existing(user), public: shown });
  }

  /** @throws RangeError when the user is no member */
  leave(user: SimUser): void {
    const membership = this.existing(user);
    this.memberships.delete(user.id);
    this.order.remove(user.id);
    this.lists.clear();
    this.teams.removeEverywhere(user);
    this.surroundings.changed(this, { action: 'member_removed', membership });
  }

  /** The old name is free at once, for anybody. @throws Error when the new one is taken */
  rename(newLogin: string): void {
    const from = this.currentLogin;
    this.surroundings.moveLogin(this, newLogin);
    this.currentLogin = newLogin;
    this.surroundings.changed(this, { action: 'renamed', from });
  }

  private put(membership: SimMembership): void {
    this.memberships.set(membership.user.id, membership);
    const invitation = this.invitations.ofUser(membership.user);
    if (invitation) this.invitations.cancel(invitation);
    this.collaborators.remove(membership.user);
    this.order.put(membership);
    this.lists.clear();
  }

  private existing(user: SimUser): SimMembership {
    const membership = this.memberships.get(user.id);
    if (!membership) throw new RangeError(`${user.login} is no member of ${this.login}`);
    return membership;
  }
}
