import { pMapIterable } from 'p-map';
import type { ListedMember } from './github-answers.js';
import { GithubFailure } from './github-failure.js';
import { hasSamePeople, type ListPage, lookedAt } from './list-page.js';
import { ListSource } from './list-source.js';

const FULL = 100;

/** How often a list is read until it stands still. */
const PASSES = 6;

/** A look at a page. */
export interface Visit {
  page: ListPage;
  /** Undefined where this run has seen them before. */
  members: ListedMember[] | undefined;
}

export interface WalkOptions<T> {
  /** Requests at once. */
  concurrency: number;
  /** Pages that were read before, by this run or the one before it. */
  known: ListPage[];
  /** Who they are, as far as they are known: a page that is as before comes without them. */
  lookUp: (githubIds: number[]) => Promise<ListedMember[]>;
  visit: (visit: Visit) => Promise<T>;
}

/**
 * Reads a list page by page, side by side, until a whole pass found every page as it was: then there was a moment at which
 * all pages were as they are known, and nobody is missing who moved between pages while they were read. A page that is as
 * its ETag says costs nothing, and the pass of a run before counts, so that a list without changes is read once.
 */
export class ListWalk<T> {
  private readonly pages: Map<number, ListPage>;

  constructor(
    private readonly source: ListSource,
    private readonly options: WalkOptions<T>,
  ) {
    this.pages = new Map(options.known.map((page) => [page.page, page]));
  }

  /**
   * What `visit` made of each look. After a failure what was under way is still handed out.
   * @throws GithubFailure; `listing_incomplete` where the list never stands still, or a page in its middle is empty
   */
  async *read(): AsyncGenerator<T> {
    const begun = Math.max(1, ...[...this.pages.values()].map(({ checkedIn }) => checkedIn));
    for (let pass = begun; ; pass++) {
      if (pass > PASSES) throw neverStoodStill();
      yield* this.pass(pass);
      if (this.isProven(pass)) break;
    }
    if (this.present().some(({ githubIds }, i, all) => !githubIds.length && i < all.length - 1))
      throw pageIsEmpty();
  }

  /** GitHub's ids of everybody on the list, once it is read. */
  get githubIds(): number[] {
    return this.present().flatMap(({ githubIds }) => githubIds);
  }

  /** How many people the list has; exact when its last page is read. */
  get size(): number {
    const lengths = range(1, this.count()).map((n) => this.pages.get(n)?.githubIds.length ?? FULL);
    return lengths.reduce((sum, length) => sum + length, 0);
  }

  private async *pass(pass: number): AsyncGenerator<T> {
    const isUnread = (n: number) => (this.pages.get(n)?.checkedIn ?? 0) < pass;
    // The first page tells where the others are.
    const isFirst = isUnread(1) || !this.source.hasSiblings;
    let looks = isFirst ? [await this.begin(1, pass)] : [];
    for (;;) {
      const unread = range(2, this.count()).filter(isUnread);
      const last = unread.pop();
      // The last one first: it tells how many people there are.
      if (last !== undefined) unread.unshift(last);
      looks.push(...unread.map((n) => async () => (await this.begin(n, pass))()));
      if (looks.length === 0) return;
      yield* this.sideBySide(looks);
      looks = [];
    }
  }

  private async *sideBySide(looks: (() => Promise<T>)[]): AsyncGenerator<T> {
    const { concurrency } = this.options;
    let failure: { error: unknown } | undefined;
    const attempt = async (look: () => Promise<T>) => {
      if (failure) return undefined;
      return look().then(
        (value) => ({ value }),
        (error: unknown) => {
          failure ??= { error };
        },
      );
    };
    const made = pMapIterable(looks, attempt, { concurrency, backpressure: 4 * concurrency });
    for await (const done of made) if (done) yield done.value;
    if (failure) throw failure.error;
  }

  /** Reads a page; what is returned has it visited. */
  private async begin(number: number, pass: number): Promise<() => Promise<T>> {
    const known = this.pages.get(number);
    const { etag, members, isAsKnown } = await this.readPage(number, known);
    const now = isAsKnown ? known?.githubIds : members?.map(({ id }) => id);
    const githubIds = now ?? [];
    const page = lookedAt(known, { page: number, etag: etag ?? null, githubIds }, pass);
    const isSeen = known && known.checkedIn > 0 && hasSamePeople(known.githubIds, githubIds);
    return async () => {
      const made = await this.options.visit({ page, members: isSeen ? undefined : members });
      this.pages.set(number, page);
      return made;
    };
  }

  private async readPage(number: number, known: ListPage | undefined) {
    const answer = await this.source.page(number, known?.etag);
    if (answer.members || !known) return { ...answer, isAsKnown: false };
    // Without its Link the first page of several leads nowhere.
    const isEnough = number > 1 || this.source.hasSiblings || !this.goesOn(known);
    const members = known.checkedIn > 0 ? undefined : await this.options.lookUp(known.githubIds);
    const isKnown = !members || members.length === known.githubIds.length;
    if (isEnough && isKnown) return { ...answer, members, isAsKnown: true };
    return { ...(await this.source.page(number)), isAsKnown: false };
  }

  private goesOn({ githubIds }: ListPage): boolean {
    return githubIds.length === FULL || this.pages.size > 1;
  }

  /** A full page at the end may have grown a successor. */
  private count(): number {
    if (!this.source.hasSiblings) return 1;
    const filled = [...this.pages.values()].filter(({ githubIds }) => githubIds.length > 0);
    const last = filled.reduce((one, other) => (other.page > one.page ? other : one), NONE);
    const needed = last.githubIds.length === FULL ? last.page + 1 : last.page;
    return Math.max(this.source.count ?? 1, needed);
  }

  private present(): ListPage[] {
    return range(1, this.count()).flatMap((n) => this.pages.get(n) ?? []);
  }

  private isProven(pass: number): boolean {
    // A single page is the list at one moment.
    return this.count() === 1 || this.present().every(({ changedIn }) => changedIn < pass);
  }
}

const NONE = { page: 1, githubIds: [] as number[] };

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

const incomplete = (message: string, remedy: string) =>
  new GithubFailure('listing_incomplete', `${message} Nobody was removed.`, remedy);

const neverStoodStill = () =>
  incomplete(
    'The list of members changed each time it was read, so it could not be proven complete.',
    'Everybody found is in the directory. Sync again when fewer people join and leave.',
  );

const pageIsEmpty = () =>
  incomplete(
    "GitHub's list of members has an empty page in its middle, so it is not complete.",
    'Everybody found is in the directory. Sync again in a few minutes.',
  );
