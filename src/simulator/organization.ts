import { SimCollaborators } from './collaborators.js';
import { MemberOrder } from './member-order.js';
import type { Role, SimMembership } from './membership.js';
import { nodeIdOf } from './node-id.js';
import type { OrganizationChange } from './organization-change.js';
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
}

/** An organization whose members, roles and name can change at any moment. */
export class SimOrganization {
  readonly kind = 'Organization';
  readonly nodeId: string;
  name: string;
  /** Whether members' tokens must be authorized by single sign-on. */
  ssoRequired = false;
  /** Memberships that people have not accepted yet. */
  readonly invited = new Map<SimUser, SimMembership>();
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
    const membership = active ?? (user && this.invited.get(user));
    return membership && { membership, state: active ? 'active' : 'pending' };
  }

  invite(user: SimUser, { role = 'member' }: Partial<SimMembership> = {}): void {
    const membership = { user, role, public: false };
    this.invited.set(user, membership);
    this.surroundings.changed(this, { action: 'member_invited', membership });
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
    this.invited.delete(membership.user);
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
