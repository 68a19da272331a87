import type {
  AppDetails,
  InstallationOptions,
  OAuthClient,
  SimApp,
  SimInstallation,
} from './apps/app.js';
import { Apps, type OAuthAppDetails } from './apps/apps.js';
import { Clock } from './clock.js';
import { Hooks } from './hooks/hooks.js';
import type { Role } from './membership.js';
import { type Account, NamesTaken } from './names-taken.js';
import { nodeIdsOf } from './node-id.js';
import { SimOrganization } from './organization.js';
import type { OrganizationChange } from './organization-change.js';
import { payerOf } from './payer.js';
import { inventPerson } from './people.js';
import { Random } from './random.js';
import { RateLimits, type Resource } from './rate-limits.js';
import type { SimTeam } from './team.js';
import type { TeamChange } from './team-change.js';
import type { SimToken, TokenDetails } from './token.js';
import { Tokens } from './tokens.js';
import { makeUser, type SimUser, type UserDetails, type UserState } from './user.js';

export interface OrganizationDetails {
  readonly login: string;
  readonly id?: number;
  readonly name?: string;
  /** How many members to invent. Default: none. */
  readonly members?: number;
}

/** A team, and whose it is. */
export interface OrganizationTeam {
  readonly organization: SimOrganization;
  readonly team: SimTeam;
}

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The truth behind a simulated GitHub. Whatever changes here shows in the next answer. */
export class World {
  readonly random: Random;
  readonly clock = new Clock();
  readonly limits = new RateLimits(this.clock);
  readonly tokens = new Tokens(this.clock);
  readonly hooks = new Hooks(this.clock);
  readonly apps = new Apps(this.hooks);
  private readonly names = new NamesTaken();
  private readonly byNodeId = new Map<string, Account>();
  private readonly users = new Map<number, SimUser>();
  private readonly organizations = new Map<number, SimOrganization>();
  /** Who is signed in at GitHub's pages, in the browser that is sent there. */
  signedIn: SimUser | undefined;
  /** Whether that person declines what an App asks for. */
  declines = false;

  /** Of teams and invitations. */
  private lastId = 5_000_001;

  constructor({ seed = 1 }: { seed?: number } = {}) {
    this.random = new Random(seed);
  }

  /** Invents what the overrides leave open. @throws Error when the login or the id is taken */
  addUser(overrides: Partial<UserDetails> = {}): SimUser {
    const person = { ...inventPerson(this.random), ...overrides };
    if (overrides.login === undefined) person.login = this.freeLogin(person.login);
    while (overrides.id === undefined && this.users.has(person.id)) person.id += 1;
    if (this.users.has(person.id)) throw new Error(`The user id ${person.id} is taken`);
    const user = makeUser(person);
    this.moveLogin(user, user.login);
    this.users.set(user.id, user);
    this.addNodeIds(user);
    return user;
  }

  /** @throws Error when the login or the id is taken */
  addOrganization(details: OrganizationDetails): SimOrganization {
    const id = details.id ?? this.random.between(1_000_000, 200_000_000);
    if (this.organizations.has(id)) throw new Error(`The organization id ${id} is taken`);
    const organization = new SimOrganization(this, id, details.login);
    this.moveLogin(organization, details.login);
    organization.name = details.name ?? details.login;
    this.organizations.set(id, organization);
    this.addNodeIds(organization);
    for (let count = 0; count < (details.members ?? 0); count++) {
      organization.join(this.addUser(), this.inventStanding());
    }
    return organization;
  }

  /** Nobody finds it any more, and its login is free. Its webhooks learn of it, and its members are told nothing. */
  deleteOrganization(organization: SimOrganization): void {
    this.changed(organization, { action: 'deleted' });
    for (const one of this.apps.installationsOn(organization)) this.uninstallApp(one);
    this.hooks.forget(organization);
    this.organizations.delete(organization.id);
    for (const id of nodeIdsOf('Organization', organization.id)) this.byNodeId.delete(id);
    this.names.free(organization);
  }

  addToken(details: TokenDetails): SimToken {
    return this.tokens.add(details);
  }

  revokeToken(token: string): void {
    this.tokens.revoke(token);
  }

  /** Registers a GitHub App. What is left out is invented, as is the key pair: `app.privateKey`. */
  addApp(details: Partial<AppDetails> = {}): SimApp {
    const id = details.id ?? this.random.between(100_000, 999_999);
    return this.apps.add({
      owner: details.owner ?? this.addUser(),
      slug: `app-${id}`,
      clientId: `Iv23li${id}`,
      clientSecret: `secret-of-${id}`,
      ...details,
      id,
    });
  }

  addOAuthApp(details: OAuthAppDetails): OAuthClient {
    return this.apps.addOAuthApp(details);
  }

  /** @throws Error when the organization has the App already */
  installApp(
    app: SimApp,
    organization: SimOrganization,
    options: InstallationOptions = {},
  ): SimInstallation {
    return this.apps.install(app, organization, options);
  }

  /** Its tokens are void at once. */
  uninstallApp(installation: SimInstallation): void {
    this.apps.uninstall(installation);
    this.tokens.revokeAllOf(installation);
  }

  /** As the user can in the settings of their account. The App's tokens of that user are void at once. */
  revokeAuthorization(app: SimApp, user: SimUser): void {
    this.tokens.revokeAuthorization(app, user);
    this.hooks.revoked(app, user);
  }

  /** Frees the old login at once. @throws Error when the new one is taken by somebody else */
  renameUser(user: SimUser, newLogin: string): void {
    this.moveLogin(user, newLogin);
    (user as Changeable<SimUser>).login = newLogin;
  }

  swapLogins(one: SimUser, other: SimUser): void {
    const [login, otherLogin] = [one.login, other.login];
    this.renameUser(one, this.freeLogin(login));
    this.renameUser(other, login);
    this.renameUser(one, otherLogin);
  }

  /** The profile is gone from `/users`, and but on an Enterprise Server from `nodes`; the member lists still show the user, as GitHub's may. */
  suspendUser(user: SimUser): void {
    this.setState(user, 'suspended');
  }

  unsuspendUser(user: SimUser): void {
    this.setState(user, 'active');
  }

  /** As suspended, and the login is free. Lists keep showing the user until `organization.leave`. */
  deleteUser(user: SimUser): void {
    this.setState(user, 'deleted');
    this.names.free(user);
  }

  /** Sets what the token's user has left. A reset in the past starts a full hour with the next request. */
  setRemaining(token: string, resource: Resource, remaining: number, resetInSeconds = 3600): void {
    const found = this.tokens.find(token);
    if (!found) throw new Error('There is no such token in this world');
    this.limits.set(
      payerOf({ token: found, user: found.user }),
      resource,
      remaining,
      resetInSeconds,
    );
  }

  token(token: string): SimToken | undefined {
    return this.tokens.find(token);
  }

  /** A user with a profile, or nobody. */
  user(key: string | number): SimUser | undefined {
    const found = typeof key === 'number' ? this.users.get(key) : this.names.holder(key);
    return found?.kind === 'User' && found.state === 'active' ? found : undefined;
  }

  /** A user of any state who holds the login: somebody suspended does, somebody deleted does not. */
  holder(login: string): SimUser | undefined {
    const found = this.names.holder(login);
    return found?.kind === 'User' ? found : undefined;
  }

  organization(key: string | number): SimOrganization | undefined {
    if (typeof key === 'number') return this.organizations.get(key);
    const found = this.names.holder(key);
    return found?.kind === 'Organization' ? found : undefined;
  }

  organizationsOf(user: SimUser): SimOrganization[] {
    return [...this.organizations.values()]
      .filter((organization) => organization.membership(user))
      .sort((one, other) => one.id - other.id);
  }

  /** @param withSuspended as an Enterprise Server shows them */
  node(nodeId: string, withSuspended = false): Account | undefined {
    const found = this.byNodeId.get(nodeId);
    if (found?.kind !== 'User' || found.state === 'active') return found;
    return withSuspended && found.state === 'suspended' ? found : undefined;
  }

  /** A team by its node id, with its organization. */
  team(nodeId: string): OrganizationTeam | undefined {
    for (const organization of this.organizations.values()) {
      const team = organization.teams.find(nodeId);
      if (team) return { organization, team };
    }
    return undefined;
  }

  /** For `SimOrganization.rename`. */
  moveLogin(account: Account, login: string): void {
    this.names.move(account, login);
  }

  /** For `SimOrganization`. */
  changed(organization: SimOrganization, change: OrganizationChange): void {
    this.hooks.changed(organization, change);
  }

  /** For `SimOrganization`. */
  teamChanged(organization: SimOrganization, change: TeamChange): void {
    this.hooks.teamChanged(organization, change);
  }

  /** For `SimOrganization`. */
  nextId(): number {
    return this.lastId++;
  }

  /** For `SimOrganization`. */
  now(): number {
    return this.clock.now();
  }

  freeLogin(wished: string): string {
    return this.names.unused(wished, this.random);
  }

  private inventStanding(): { role: Role; public: boolean } {
    const role = this.random.chance(0.006) ? 'admin' : 'member';
    return { role, public: this.random.chance(0.2) };
  }

  private setState(user: SimUser, state: UserState): void {
    (user as Changeable<SimUser>).state = state;
  }

  private addNodeIds(account: Account): void {
    for (const nodeId of nodeIdsOf(account.kind, account.id)) this.byNodeId.set(nodeId, account);
  }
}
