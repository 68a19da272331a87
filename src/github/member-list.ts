import { pMapIterable } from 'p-map';
import type { ListedMember, Profile } from './github-answers.js';
import { GithubClient, MemberFilter, MemberPage } from './github-client.js';
import { GithubFailure } from './github-failure.js';
import type { ListPage } from './list-page.js';

/** People handed out together: enough to write in one statement, few enough to show progress. */
const PART = 1_500;

/** A part is handed out after this long even where it is small, in ms. */
const PART_WITHIN = 1_000;

/** How often the list is read again until it stands still. */
const REVALIDATIONS = 5;

/** Some people, and the pages that are read with them. */
export interface ListPart {
  people: GithubMember[];
  pages: ListPage[];
}

type PageRead = ListPage & { people: GithubMember[] };

/** One person of the list; what is undefined could not be seen. */
export interface GithubMember {
  githubId: number;
  nodeId: string;
  login: string;
  avatarUrl: string;
  role: 'admin' | 'member';
  twoFactorEnabled: boolean | null;
  name?: string;
  email?: string;
}

export interface ListOptions {
  /** Whether the credential's owner owns the organization, and so sees who has no two-factor authentication. */
  isOwner: boolean;
  /** Whether the credential may ask for public email addresses. */
  email: boolean;
  /** Requests at once. */
  concurrency: number;
  /** Pages that were read before, by a worker that did not come to the end. */
  known: ListPage[];
  /** Told how many people the list has, as soon as that is known. */
  onTotal: (total: number) => void;
}

/**
 * Reads everybody's membership and profile, part by part while the list is still read. It ends only when a second reading
 * found every page as it was: people who join or leave meanwhile move others between pages, where they would be missed.
 * Somebody may come twice.
 * @throws GithubFailure; `listing_incomplete` where the list never stands still
 */
export class MemberList {
  private readonly etags: Map<number, string | null>;
  private admins = new Set<number>();
  private withoutTwoFactor: Set<number> | undefined;
  private template: string | undefined;
  private pages = 1;
  private changed = false;

  constructor(
    private readonly client: GithubClient,
    private readonly organization: string,
    private readonly options: ListOptions,
  ) {
    this.etags = new Map(options.known.map(({ page, etag }) => [page, etag]));
  }

  async *read(): AsyncGenerator<ListPart> {
    this.admins = await this.ids({ role: 'admin' });
    this.withoutTwoFactor = this.options.isOwner
      ? await this.ids({ filter: '2fa_disabled' })
      : undefined;
    const first = await this.client.firstMemberPage(this.organization);
    const page = await this.described(1, first);
    yield { people: page.people, pages: [page] };
    yield* this.siblings();
    yield* this.revalidated();
  }

  /** The last page comes first, because it tells how many there are; pages that are added meanwhile come last. */
  private async *siblings(): AsyncGenerator<ListPart> {
    for (let read = 1; read < this.pages; ) {
      const upTo = this.pages;
      const unread = [upTo, ...range(read + 1, upTo - 1)].filter((page) => !this.etags.has(page));
      yield* this.parts(unread);
      read = upTo;
    }
  }

  private async *revalidated(): AsyncGenerator<ListPart> {
    for (let i = 0; this.pages > 1; i++) {
      if (i === REVALIDATIONS) throw neverStoodStill();
      this.changed = false;
      yield* this.parts(range(1, this.pages));
      if (!this.changed) return;
    }
  }

  private async *parts(pages: number[]): AsyncGenerator<ListPart> {
    const { concurrency } = this.options;
    const read = (page: number) => this.page(page);
    const options = { concurrency, backpressure: 2 * concurrency };
    let part: ListPart = { people: [], pages: [] };
    let since = performance.now();
    for await (const page of pMapIterable(pages, read, options)) {
      if (page) part = { people: [...part.people, ...page.people], pages: [...part.pages, page] };
      if (part.people.length < PART && performance.now() - since < PART_WITHIN) continue;
      if (part.pages.length > 0) yield part;
      part = { people: [], pages: [] };
      since = performance.now();
    }
    if (part.pages.length > 0) yield part;
  }

  /** Undefined where the page is as it was when it was read last. */
  private async page(number: number): Promise<PageRead | undefined> {
    const etag = this.etags.get(number) ?? undefined;
    const page = await this.client.siblingPage(this.template ?? '', number, etag);
    return page && this.described(number, page);
  }

  private async described(number: number, page: MemberPage): Promise<PageRead> {
    this.note(number, page);
    const people = await this.describe(page.members);
    const githubIds = people.map(({ githubId }) => githubId);
    return { page: number, etag: page.etag ?? null, githubIds, people };
  }

  private note(number: number, { etag, siblings, members }: MemberPage): void {
    this.changed = true;
    this.etags.set(number, etag ?? null);
    this.template = siblings?.template ?? this.template;
    this.pages = Math.max(this.pages, siblings?.count ?? 1);
    if (number === this.pages) this.options.onTotal((number - 1) * 100 + members.length);
  }

  private async ids(filter: MemberFilter): Promise<Set<number>> {
    const first = await this.client.firstMemberPage(this.organization, filter);
    const ids = first.members.map(({ id }) => id);
    const { template = '', count = 1 } = first.siblings ?? {};
    const rest = pMapIterable(range(2, count), (page) => this.client.siblingPage(template, page), {
      concurrency: this.options.concurrency,
    });
    for await (const page of rest) ids.push(...(page?.members ?? []).map(({ id }) => id));
    return new Set(ids);
  }

  private async describe(members: ListedMember[]): Promise<GithubMember[]> {
    if (members.length === 0) return [];
    const { email } = this.options;
    const profiles = await this.client.profiles(
      members.map(({ node_id }) => node_id),
      { email },
    );
    return members.map((member) => this.person(member, profiles.get(member.node_id)));
  }

  private person(member: ListedMember, profile: Profile | undefined): GithubMember {
    const { id, node_id, login, avatar_url } = member;
    return {
      githubId: id,
      nodeId: node_id,
      login: profile?.login ?? login,
      avatarUrl: profile?.avatarUrl ?? avatar_url,
      role: this.admins.has(id) ? 'admin' : 'member',
      twoFactorEnabled: this.withoutTwoFactor ? !this.withoutTwoFactor.has(id) : null,
      ...(profile && { name: profile.name ?? '' }),
      ...(profile && this.options.email && { email: profile.email ?? '' }),
    };
  }
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

const neverStoodStill = () =>
  new GithubFailure(
    'listing_incomplete',
    'The list of members changed each time it was read, so it could not be proven complete. Nobody was removed.',
    'Everybody found is in the directory. Sync again when fewer people join and leave.',
  );
