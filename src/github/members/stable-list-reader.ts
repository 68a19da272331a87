import { pMapIterable } from 'p-map';
import type { ListedMember } from '../errors/github-answers.js';
import { listKeptChanging, pageIsEmpty, tooManyMembers } from '../errors/list-failures.js';
import { hasSamePeople, type ListPage, pageAfterRead } from './list-page.js';
import { ListSource } from './list-source.js';

const PAGE_SIZE = 100;

/** How often a list is read until it stops changing. */
const MAX_PASSES = 6;

/** A page that was read. */
export interface PageRead {
  page: ListPage;
  /** Undefined if this run has seen them before. */
  members: ListedMember[] | undefined;
  /** Whether GitHub says that the page is unchanged; then members come from `lookUp`. */
  isAsKnown: boolean;
}

export interface StableListOptions<T> {
  /** Pages in progress: read, or in `onPage`. */
  concurrency: number;
  /** A longer list is refused. */
  maxPeople: number;
  /** Pages that this run or the previous one read. */
  known: ListPage[];
  /** The known members with these ids: an unchanged page comes without members. */
  lookUp: (githubIds: number[]) => Promise<ListedMember[]>;
  onPage: (visit: PageRead) => Promise<T>;
  /** When the list is proven, with GitHub's ids of everybody on it; `onPage` of some pages may still run. */
  onProven?: (githubIds: number[]) => void;
}

/** Undefined after an earlier failure. */
type ReadTask<T> = () => Promise<{ value: T } | undefined>;

/**
 * Reads pages concurrently until a whole pass finds no changed page. Then all pages were valid at one moment, and nobody
 * is missing because they moved between pages during the read. A page that still has its ETag costs nothing. The last
 * pass of the previous run counts, so that an unchanged list is read once.
 */
export class StableListReader<T> {
  /** As last read. */
  private readonly pages: Map<number, ListPage>;
  /** The last unfinished or failed visit of each page: the next visit waits for it, and fails with it. */
  private readonly visits = new Map<number, Promise<T>>();
  private failure: { error: unknown } | undefined;
  /** Whether the list's end was found, so that its length is known and within the limit. */
  private isEndFound = false;

  constructor(
    private readonly source: ListSource,
    private readonly options: StableListOptions<T>,
  ) {
    this.pages = new Map(options.known.map((page) => [page.page, page]));
  }

  /**
   * The result of `onPage` for each read. After a failure it still returns what was in progress.
   * @throws GithubFailure; `listing_incomplete` if the list keeps changing, or a page in its middle is empty
   */
  async *read(): AsyncGenerator<T> {
    const { concurrency } = this.options;
    const made = pMapIterable(this.reads(), (readPage) => readPage(), {
      concurrency,
      backpressure: 4 * concurrency,
    });
    for await (const done of made) if (done) yield done.value;
    if (this.failure) throw this.failure.error;
    if (this.present().some(({ githubIds }, i, all) => !githubIds.length && i < all.length - 1))
      throw pageIsEmpty();
  }

  /** GitHub's ids of everybody on the list, after the read. */
  get githubIds(): number[] {
    return this.present().flatMap(({ githubIds }) => githubIds);
  }

  /** Whether pages may be stored: nothing of a list that is too long is stored. */
  get isWithinLimit(): boolean {
    return this.isEndFound;
  }

  /** The length of the list; exact when its last page is read. */
  get size(): number {
    const lengths = range(1, this.count()).map(
      (n) => this.pages.get(n)?.githubIds.length ?? PAGE_SIZE,
    );
    return lengths.reduce((sum, length) => sum + length, 0);
  }

  private async *reads(): AsyncGenerator<ReadTask<T>> {
    const begun = Math.max(1, ...[...this.pages.values()].map(({ checkedIn }) => checkedIn));
    for (let pass = begun; ; pass++) {
      if (pass > MAX_PASSES) throw listKeptChanging();
      yield* this.pass(pass);
      if (this.failure) return;
      if (this.isProven(pass)) return this.options.onProven?.(this.githubIds);
    }
  }

  private async *pass(pass: number): AsyncGenerator<ReadTask<T>> {
    const isUnread = (n: number) => (this.pages.get(n)?.checkedIn ?? 0) < pass;
    // The first page has the address of the others.
    if (isUnread(1) || !this.source.hasSiblings) yield* this.sideBySide([1], pass);
    if (!this.isEndFound) yield* this.findEnd(pass);
    while (!this.failure) {
      const count = this.count();
      const unread = range(2, count).filter(isUnread);
      if (unread.length === 0) return;
      // The last one first: it tells the number of people.
      yield* this.sideBySide(isUnread(count) ? [count, ...unread.slice(0, -1)] : unread, pass);
    }
  }

  /** Reads the last page, which tells the number of people. After a full page there may be another. */
  private async *findEnd(pass: number): AsyncGenerator<ReadTask<T>> {
    const isUnread = (n: number) => (this.pages.get(n)?.checkedIn ?? 0) < pass;
    const last = this.count();
    if (isUnread(last)) yield* this.sideBySide([last], pass);
    const next = this.count();
    if (!this.failure && isUnread(next)) yield* this.sideBySide([next], pass);
    if (!this.failure && this.count() > next) await this.followToEnd(next);
    this.isEndFound = !this.failure;
  }

  /** Reads one page after the other and keeps none, because there may be too many. */
  private async followToEnd(last: number): Promise<void> {
    try {
      for (let page = last + 1; ; page++) {
        page = Math.max(page, this.source.count ?? 0);
        const { members } = await this.source.page(page);
        const people = members?.length ?? 0;
        this.refuseAboveLimit(page, people);
        if (people > 0) this.source.count = Math.max(this.source.count ?? 0, page);
        if (people < PAGE_SIZE && (this.source.count ?? 0) <= page) return;
      }
    } catch (error) {
      this.failure ??= { error };
    }
  }

  /** @throws GithubFailure `too_many_members`; every page but the last has `PAGE_SIZE` people */
  private refuseAboveLimit(page: number, people: number): void {
    const { maxPeople } = this.options;
    const claimed = ((this.source.count ?? 1) - 1) * PAGE_SIZE + 1;
    const counted = people > 0 ? (page - 1) * PAGE_SIZE + people : 0;
    const atLeast = Math.max(claimed, counted);
    if (atLeast > maxPeople) throw tooManyMembers(atLeast, maxPeople);
  }

  /** Continues when all pages are read. It does not wait for their visits, so that requests can go on. */
  private async *sideBySide(numbers: number[], pass: number): AsyncGenerator<ReadTask<T>> {
    const reads: Promise<void>[] = [];
    for (const number of numbers) {
      let isRead = (): void => undefined;
      reads.push(
        new Promise((resolve) => {
          isRead = resolve;
        }),
      );
      yield () => this.look(number, pass, isRead);
    }
    await Promise.all(reads);
  }

  /** Does nothing after a failure. */
  private async look(number: number, pass: number, isRead: () => void): ReturnType<ReadTask<T>> {
    try {
      if (this.failure) return undefined;
      const visit = await this.startRead(number, pass);
      isRead();
      return { value: await visit() };
    } catch (error) {
      this.failure ??= { error };
      return undefined;
    } finally {
      isRead();
    }
  }

  /** Reads a page; the returned function visits it, after its previous visit. */
  private async startRead(number: number, pass: number): Promise<() => Promise<T>> {
    const known = this.pages.get(number);
    const { etag, members, isAsKnown } = await this.readPage(number, known);
    const now = isAsKnown ? known?.githubIds : members?.map(({ id }) => id);
    const githubIds = now ?? [];
    this.refuseAboveLimit(number, githubIds.length);
    const page = pageAfterRead(known, { page: number, etag: etag ?? null, githubIds }, pass);
    const isSeen = known && known.checkedIn > 0 && hasSamePeople(known.githubIds, githubIds);
    this.pages.set(number, page);
    const before = this.visits.get(number);
    return async () => {
      const visit = Promise.resolve(before).then(() =>
        this.options.onPage({ page, members: isSeen ? undefined : members, isAsKnown }),
      );
      this.visits.set(number, visit);
      const made = await visit;
      // Frees the members of the page.
      if (this.visits.get(number) === visit) this.visits.delete(number);
      return made;
    };
  }

  private async readPage(number: number, known: ListPage | undefined) {
    const answer = await this.source.page(number, known?.etag);
    if (answer.members || !known) return { ...answer, isAsKnown: false };
    // Without a Link, the first page does not lead to the others.
    const isEnough = number > 1 || this.source.hasSiblings || !this.goesOn(known);
    const members = known.checkedIn > 0 ? undefined : await this.options.lookUp(known.githubIds);
    const isKnown = !members || members.length === known.githubIds.length;
    if (isEnough && isKnown) return { ...answer, members, isAsKnown: true };
    return { ...(await this.source.page(number)), isAsKnown: false };
  }

  private goesOn({ githubIds }: ListPage): boolean {
    return githubIds.length === PAGE_SIZE || this.pages.size > 1;
  }

  /** After a full last page there may be a new one. */
  private count(): number {
    if (!this.source.hasSiblings) return 1;
    const filled = [...this.pages.values()].filter(({ githubIds }) => githubIds.length > 0);
    const last = filled.reduce((one, other) => (other.page > one.page ? other : one), NONE);
    const needed = last.githubIds.length === PAGE_SIZE ? last.page + 1 : last.page;
    return Math.max(this.source.count ?? 1, needed);
  }

  private present(): ListPage[] {
    return range(1, this.count()).flatMap((n) => this.pages.get(n) ?? []);
  }

  private isProven(pass: number): boolean {
    // A single page shows the whole list at one moment.
    return this.count() === 1 || this.present().every(({ changedIn }) => changedIn < pass);
  }
}

const NONE = { page: 1, githubIds: [] as number[] };

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
