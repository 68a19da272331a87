import type { GithubClient } from '../client/github-client.js';
import type { ListedMember, Profile } from '../errors/github-answers.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { ListPage } from './list-page.js';
import { ListSource } from './list-source.js';
import type { PinnedOrganization } from './pinned-organization.js';
import { type PageRead, StableListReader } from './stable-list-reader.js';

/** People handed out together: enough to write in one statement, few enough to show progress. */
const MAX_PART_PEOPLE = 2_000;

/** Characters handed out together, about: names of any length must not make a statement that the database refuses. */
const MAX_PART_CHARACTERS = 1_000_000;

/** A part is handed out after this long even where it is small, in ms. */
const MAX_PART_AGE_MS = 2_000;

/** Some people, and the pages that were looked at with them. */
export interface ListPart {
  people: GithubMember[];
  pages: ListPage[];
}

/** That a page was as it was in the pass before needs no remembering once the list is proven. */
const isNews = ({ checkedIn, changedIn }: ListPage): boolean =>
  checkedIn === 1 || changedIn === checkedIn;

const isTooLong = (error: unknown): boolean =>
  error instanceof GithubFailure && error.code === 'too_many_members';

const lengthOf = (people: GithubMember[]): number =>
  people.reduce(
    (sum, { login, avatarUrl, name = '', email = '' }) =>
      sum + login.length + avatarUrl.length + name.length + email.length,
    0,
  );

/** One person of the list; what is undefined could not be seen. */
export interface GithubMember {
  githubId: number;
  nodeId: string;
  login: string;
  avatarUrl: string;
  role: 'admin' | 'member' | null;
  twoFactorEnabled: boolean | null;
  name: string | undefined;
  email: string | undefined;
  /** On an Enterprise Server, or of managed users; null where GitHub no longer tells. */
  suspended: boolean | null | undefined;
  githubType: string | undefined;
}

export interface ListOptions {
  /** Everybody, or those who show their membership to all. */
  list: 'members' | 'public';
  /** Whether the credential sees who has no two-factor authentication, as an owner does. */
  twoFactor: boolean;
  /** Whether the credential may ask for public email addresses. */
  email: boolean;
  /** Requests at once. */
  concurrency: number;
  /** A longer list is refused. */
  maxPeople: number;
  /** Pages that were read before, by this run or the one before it. */
  known: ListPage[];
  /** Who they are, as far as they are known. */
  lookUp: (githubIds: number[]) => Promise<ListedMember[]>;
  /** What was read of the lists of owners and of people without two-factor authentication, and what is read now. */
  ownerAndTwoFactorPages: OwnerAndTwoFactorPages;
}

export type OwnerAndTwoFactorPages = Record<'admins' | 'withoutTwoFactor', Map<number, ListPage>>;

/** Who is what in an organization; undefined where the credential cannot see it. */
interface OwnersAndTwoFactor {
  admins: ReadonlySet<number> | undefined;
  withoutTwoFactor: ReadonlySet<number> | undefined;
}

/** Reads everybody's membership and profile, part by part while the list is read. Somebody may come twice. */
export class MemberListReader {
  private readonly reader: StableListReader<ListPart>;
  private ownersAndTwoFactor: Promise<OwnersAndTwoFactor>;

  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly options: ListOptions,
  ) {
    this.reader = new StableListReader(new ListSource(client, organization, options.list), {
      ...options,
      onPage: (visit) => this.describe(visit),
    });
  }

  /** How many people the list has; exact when its last page is read. */
  get size(): number {
    return this.reader.size;
  }

  /**
   * Ends only when the list is proven complete. What was learnt before a failure is handed out first.
   * @throws GithubFailure; `listing_incomplete` where the list cannot be proven complete
   */
  async *read(): AsyncGenerator<ListPart> {
    // At once, so that a budget that runs out is not spent on pages that cannot be described.
    this.ownersAndTwoFactor = this.readOwnersAndTwoFactor();
    // Whoever describes a page meets its failure.
    this.ownersAndTwoFactor.catch(() => undefined);
    let part: ListPart = { people: [], pages: [] };
    let length = 0;
    let since = performance.now();
    try {
      for await (const { people, pages } of this.reader.read()) {
        part.people.push(...people);
        part.pages.push(...pages);
        length += lengthOf(people);
        const isLarge = part.people.length >= MAX_PART_PEOPLE || length >= MAX_PART_CHARACTERS;
        const isDue = isLarge || performance.now() - since >= MAX_PART_AGE_MS;
        if (!isDue || part.people.length === 0 || !this.reader.isWithinLimit) continue;
        yield part;
        part = { people: [], pages: [] };
        length = 0;
        since = performance.now();
      }
    } catch (error) {
      if (part.pages.length > 0 && !isTooLong(error)) yield part;
      throw error;
    }
    if (part.pages.some(isNews)) yield part;
  }

  private async describe({ page, members, isAsKnown }: PageRead): Promise<ListPart> {
    if (!members || members.length === 0) return { people: [], pages: [page] };
    const nodeIds = members.map(({ node_id }) => node_id);
    const { email } = this.options;
    const [profiles, standing] = await Promise.all([
      this.client.profiles(nodeIds, { email }),
      this.ownersAndTwoFactor,
    ]);
    // On a server the profile tells it, and the list may not.
    const isToldByList = !isAsKnown && !this.client.isEnterpriseServer;
    const people = members.map((member) => {
      const profile = profiles.get(member.node_id);
      const suspended = suspensionOf(member, profile, isToldByList);
      return this.person(member, profile, standing, suspended);
    });
    return { people, pages: [page] };
  }

  private async readOwnersAndTwoFactor(): Promise<OwnersAndTwoFactor> {
    const { list, twoFactor } = this.options;
    const [admins, withoutTwoFactor] = await Promise.all([
      list === 'members' ? this.ids('admins') : undefined,
      twoFactor ? this.ids('withoutTwoFactor') : undefined,
    ]);
    return { admins, withoutTwoFactor };
  }

  private async ids(list: keyof OwnerAndTwoFactorPages): Promise<Set<number>> {
    const pages = this.options.ownerAndTwoFactorPages[list];
    const walk = new StableListReader(new ListSource(this.client, this.organization, list), {
      concurrency: this.options.concurrency,
      maxPeople: this.options.maxPeople,
      known: [...pages.values()],
      lookUp: async () => [],
      onPage: async ({ page }) => void pages.set(page.page, page),
    });
    for await (const _ of walk.read());
    return new Set(walk.githubIds);
  }

  private person(
    listed: ListedMember,
    profile: Profile | undefined,
    { admins, withoutTwoFactor }: OwnersAndTwoFactor,
    suspended: GithubMember['suspended'],
  ): GithubMember {
    const { id, node_id, login, avatar_url } = listed;
    // One shape for all of them, which is what engines are quick with.
    return {
      githubId: id,
      nodeId: node_id,
      login: profile?.login ?? login,
      avatarUrl: profile?.avatarUrl ?? avatar_url,
      role: admins ? (admins.has(id) ? 'admin' : 'member') : null,
      twoFactorEnabled: withoutTwoFactor ? !withoutTwoFactor.has(id) : null,
      name: profile && (profile.name ?? ''),
      email: profile && this.options.email ? (profile.email ?? '') : undefined,
      suspended,
      githubType: listed.type,
    };
  }
}

/**
 * Undefined where GitHub does not tell. The profile is read each time, the list only where it changed.
 * @param isToldByList whether the list was read now, and is what tells: another role than `suspended` ends a suspension
 */
function suspensionOf(
  { role, suspended_at }: ListedMember,
  profile: Profile | undefined,
  isToldByList: boolean,
): GithubMember['suspended'] {
  if (role === 'suspended') return true;
  const since = profile?.suspendedAt === undefined ? suspended_at : profile.suspendedAt;
  if (since !== undefined) return since !== null;
  if (!isToldByList) return undefined;
  return role === undefined ? null : false;
}
