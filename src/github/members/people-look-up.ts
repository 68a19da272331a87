import pMap from 'p-map';
import type { GithubClient } from '../client/github-client.js';
import type { Profiles } from '../client/profiles.js';
import type { Profile, UserAnswer } from '../errors/github-answers.js';
import { GithubFailure } from '../errors/github-failure.js';
import { answersContradict, organizationReplaced } from '../errors/organization-failures.js';
import type { PinnedOrganization } from '../organization.js';
import type { GithubMember } from './github-member.js';
import type { ListOptions } from './member-list-reader.js';
import { withoutTwoFactorAmong } from './two-factor-of-people.js';

/** Somebody to ask about. */
export interface SoughtPerson {
  githubId: number;
  /** As stored, or as a delivery told it; null if unknown. */
  nodeId: string | null;
  /** As stored; null for somebody who is not in the directory. */
  login: string | null;
  /** Whether the directory has the person as present. */
  isPresent: boolean;
}

export interface LookUpOptions extends Pick<ListOptions, 'list' | 'twoFactor' | 'email'> {
  /** Requests that wait at once; the credential's budget sends fewer. */
  concurrency: number;
  /** After each person. */
  onLooked: () => void;
}

/** A member, before it is known who has no two-factor authentication. */
type Standing = Omit<GithubMember, 'twoFactorEnabled'>;

/**
 * Asks GitHub about single people: by id, under their present login. Who is no member is asked for twice, by two
 * different requests.
 */
export class PeopleLookUp {
  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly options: LookUpOptions,
  ) {}

  /** The members among the people, by GitHub's id, and of whom GitHub says that they both are and are not. */
  async members(
    sought: SoughtPerson[],
  ): Promise<{ members: Map<number, GithubMember>; unclear: number[] }> {
    const { concurrency, email, onLooked } = this.options;
    const users = await this.usersWithoutNodeId(sought);
    const nodeIds = sought.flatMap(({ githubId, nodeId }) => {
      const id = nodeId ?? users.get(githubId)?.node_id;
      return id ? [id] : [];
    });
    const profiles: Profiles =
      nodeIds.length > 0 ? await this.client.profiles(nodeIds, { email }) : new Map();
    const unclear: number[] = [];
    const look = async (person: SoughtPerson) => {
      const user = users.get(person.githubId);
      const standing = await this.standing(person, user, profiles).catch((error: unknown) => {
        if (!isContradiction(error)) throw error;
        unclear.push(person.githubId);
      });
      onLooked();
      return standing ?? [];
    };
    const standings = (await pMap(sought, look, { concurrency })).flat();
    return { members: await this.withTwoFactor(standings, sought.length), unclear };
  }

  private async usersWithoutNodeId(sought: SoughtPerson[]): Promise<Map<number, UserAnswer>> {
    const { concurrency } = this.options;
    const unknown = sought.filter(({ nodeId }) => nodeId === null);
    const ask = ({ githubId }: SoughtPerson) => this.client.people.byId(githubId);
    const found = await pMap(unknown, ask, { concurrency });
    return new Map(found.flatMap((user) => (user ? [[user.id, user] as const] : [])));
  }

  /** Undefined for somebody who is no member. */
  private async standing(
    person: SoughtPerson,
    user: UserAnswer | undefined,
    profiles: Profiles,
  ): Promise<Standing | undefined> {
    const profile = profiles.get(person.nodeId ?? user?.node_id ?? '');
    const login = profile?.login ?? user?.login ?? (person.isPresent ? person.login : null);
    const found = login ? await this.ask(login, person.githubId) : 'somebody else';
    // Without a profile, the login is only the stored one, which may be old.
    const isKnown = profile !== undefined || user !== undefined;
    if (found === 'nobody' && isKnown) return this.requireGone(login, person);
    if (found !== 'somebody else' && found !== 'nobody') return this.describe(found, profile);
    // The login or the node id was not theirs, or is old.
    const present = await this.client.people.byId(person.githubId);
    if (!present) return found === 'nobody' ? this.requireGone(login, person) : undefined;
    const again = await this.ask(present.login, person.githubId);
    if (again === 'somebody else') throw answersContradict(present.login);
    if (again === 'nobody') return this.requireGone(present.login, person);
    const { email } = this.options;
    const own = await this.client.profiles([present.node_id], { email });
    return this.describe(again, own.get(present.node_id));
  }

  /** Who has the login in the organization. */
  private async ask(login: string, githubId: number): Promise<Answer> {
    const { organization, options, client } = this;
    if (options.list === 'public') return this.askPublic(login, githubId);
    const standing = await client.people.standing(organization.login, login);
    if (!standing) return 'nobody';
    if (standing.organizationId !== organization.id) throw organizationReplaced(organization.login);
    if (standing.user.id !== githubId) return 'somebody else';
    if (!standing.isActive) return 'nobody';
    return { user: standing.user, role: standing.isOwner ? 'admin' : 'member' };
  }

  private async askPublic(login: string, githubId: number): Promise<Answer> {
    if (!(await this.client.lists.has(this.organization.login, login, 'public'))) return 'nobody';
    const user = await this.client.people.byLogin(login);
    return user?.id === githubId ? { user, role: null } : 'somebody else';
  }

  /** Only somebody present would be removed. */
  private async requireGone(login: string | null, person: SoughtPerson): Promise<undefined> {
    const { organization, options, client } = this;
    if (!login || !person.isPresent) return undefined;
    if (await client.lists.has(organization.login, login, options.list))
      throw answersContradict(login);
    return undefined;
  }

  private describe({ user, role }: Found, profile: Profile | undefined): Standing {
    const { suspendedAt } = profile ?? {};
    return {
      githubId: user.id,
      nodeId: user.node_id,
      login: profile?.login ?? user.login,
      avatarUrl: profile?.avatarUrl ?? user.avatar_url,
      role,
      name: profile && (profile.name ?? ''),
      email: profile && this.options.email ? (profile.email ?? '') : undefined,
      suspended: suspendedAt === undefined ? undefined : suspendedAt !== null,
      githubType: user.type,
    };
  }

  private async withTwoFactor(
    standings: Standing[],
    people: number,
  ): Promise<Map<number, GithubMember>> {
    const asks = this.options.twoFactor && standings.length > 0;
    const without = asks
      ? await withoutTwoFactorAmong(this.client, this.organization, people)
      : undefined;
    const isUnseen = this.options.twoFactor && !without;
    return new Map(
      standings.map((one) => {
        const seen = without ? !without.has(one.githubId) : null;
        return [one.githubId, { ...one, twoFactorEnabled: isUnseen ? undefined : seen }];
      }),
    );
  }
}

const isContradiction = (error: unknown): boolean =>
  error instanceof GithubFailure && error.code === 'answers_contradict';

interface Found {
  user: UserAnswer;
  role: GithubMember['role'];
}

type Answer = Found | 'nobody' | 'somebody else';
