import type { GithubClient } from '../client/github-client.js';
import type { IdentitiesBesideProfiles } from '../client/profiles.js';
import type { ListedMember } from '../errors/github-answers.js';
import { GithubFailure } from '../errors/github-failure.js';
import type { PinnedOrganization } from '../organization.js';
import { describeMember, type GithubMember } from './github-member.js';
import type { ListPage } from './list-page.js';
import { ListSource } from './list-source.js';
import { type PageRead, StableListReader } from './stable-list-reader.js';

/** Pages in progress for each concurrent request: the list can be read to its end while profiles are still requested. */
const PAGES_PER_REQUEST = 16;

/** People in one part: enough to write in one statement, few enough to show progress. */
const MAX_PART_PEOPLE = 1_700;

/** Characters in one part, about: long names must not make a statement that the database refuses. */
const MAX_PART_CHARACTERS = 1_000_000;

/** After this time even a small part is returned, in ms. */
const MAX_PART_AGE_MS = 2_000;

/** Of the first part, so that people soon see a number. */
const MAX_FIRST_PART_AGE_MS = 500;

/** Some people, and the pages that were read with them. */
export interface ListPart {
  people: GithubMember[];
  pages: ListPage[];
}

/** Once the list is proven, a page that did not change since the last pass need not be stored. */
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

export interface ListOptions {
  /** Everybody, or the public members. */
  list: 'members' | 'public';
  /** Whether the credential sees who has no two-factor authentication; owners do. */
  twoFactor: boolean;
  /** Whether the credential may ask for public email addresses. */
  email: boolean;
  /** Who people are at work, where it is asked for together with their profiles. */
  besideProfiles?: IdentitiesBesideProfiles | undefined;
  /** Concurrent requests of each resource, REST and GraphQL. */
  concurrency: number;
  /** A longer list is refused. */
  maxPeople: number;
  /** Pages that this run or the previous one read. */
  known: ListPage[];
  /** The known members with these ids. */
  lookUp: (githubIds: number[]) => Promise<ListedMember[]>;
  /** The read pages of owners and of people without two-factor authentication; new pages are added. */
  ownerAndTwoFactorPages: OwnerAndTwoFactorPages;
  /** When the list is proven, with GitHub's ids of everybody on it; profiles may still be read. */
  onProven?: (githubIds: number[]) => void;
}

export type OwnerAndTwoFactorPages = Record<'admins' | 'withoutTwoFactor', Map<number, ListPage>>;

/** GitHub's ids; undefined if the credential cannot see them. */
interface OwnersAndTwoFactor {
  admins: ReadonlySet<number> | undefined;
  withoutTwoFactor: ReadonlySet<number> | undefined;
}

/** Reads all memberships and profiles, part by part while the list is read. A person may come twice. */
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
      concurrency: PAGES_PER_REQUEST * options.concurrency,
      onPage: (visit) => this.describe(visit),
    });
  }

  /** The length of the list; exact when its last page is read. */
  get size(): number {
    return this.reader.size;
  }

  /**
   * Ends only when the list is proven complete. On a failure, it first returns what was read before.
   * @throws GithubFailure; `listing_incomplete` if the list cannot be proven complete
   */
  async *read(): AsyncGenerator<ListPart> {
    // First, because a short budget must not be spent on pages that cannot be described.
    this.ownersAndTwoFactor = this.readOwnersAndTwoFactor();
    // The failure is thrown where a page is described.
    this.ownersAndTwoFactor.catch(() => undefined);
    let part: ListPart = { people: [], pages: [] };
    let length = 0;
    let since = performance.now();
    let maxAge = MAX_FIRST_PART_AGE_MS;
    try {
      for await (const { people, pages } of this.reader.read()) {
        part.people.push(...people);
        part.pages.push(...pages);
        length += lengthOf(people);
        const isLarge = part.people.length >= MAX_PART_PEOPLE || length >= MAX_PART_CHARACTERS;
        const isDue = isLarge || performance.now() - since >= maxAge;
        if (!isDue || part.people.length === 0 || !this.reader.isWithinLimit) continue;
        yield part;
        part = { people: [], pages: [] };
        length = 0;
        since = performance.now();
        maxAge = MAX_PART_AGE_MS;
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
    const { email, besideProfiles: identities } = this.options;
    const people = members.map(({ node_id: nodeId, login }) => ({ nodeId, login }));
    const beside = identities && { identities, people };
    const [profiles, standing] = await Promise.all([
      this.client.profiles(nodeIds, { email, beside }),
      this.ownersAndTwoFactor,
    ]);
    // On an Enterprise Server only the profile is sure to tell it.
    const isToldByList = !isAsKnown && !this.client.isEnterpriseServer;
    const { admins, withoutTwoFactor } = standing;
    const described = members.map((listed) => {
      const role = admins ? (admins.has(listed.id) ? 'admin' : 'member') : null;
      const profile = profiles.get(listed.node_id);
      const work = identities?.take(listed.node_id);
      return describeMember({ listed, profile, isToldByList, email, role, withoutTwoFactor, work });
    });
    return { people: described, pages: [page] };
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
}
