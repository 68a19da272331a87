import type { Member, MemberStatus, OrganizationRole } from '../member.entity.js';

/** What a directory shows of somebody, and is sorted by. */
export const SHOWN_COLUMNS = [
  'id',
  'integrationId',
  'githubId',
  'login',
  'loginKey',
  'name',
  'nameKey',
  'email',
  'avatarUrl',
  'role',
  'twoFactorEnabled',
  'suspended',
  'githubType',
  'status',
  'joinedAt',
  'leftAt',
  'disabledBy',
  'disabledAt',
] as const satisfies (keyof Member)[];

/** The values that can decide whether a query finds somebody, and where. */
export type PlacingField =
  | 'status'
  | 'login'
  | 'name'
  | 'role'
  | 'twoFactorEnabled'
  | 'suspended'
  | 'githubType';

export type ShownMember = Pick<Member, (typeof SHOWN_COLUMNS)[number]> & {
  /** Whether they had another status, or left and came back, since: when the status shown began, and by whom, is not known. */
  isPast?: boolean;
};

/** What a directory can be sorted by, downwards where there is a `-`. */
export const SORTS = ['login', '-login', 'name', '-name', 'since', '-since'] as const;

export type MemberSort = (typeof SORTS)[number];

/** Kinds of accounts, in GitHub's words. */
export const ACCOUNT_TYPES = ['User', 'Bot', 'Organization'] as const;

/** In how many of the last days somebody joined or left. */
export const JOINED_WITHIN_DAYS = [7, 30, 90] as const;

export const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

/** Whom to show. What is undefined does not matter. */
export interface MemberFilter {
  statuses: MemberStatus[];
  /** The beginning of the login or of a word of the name. Upper and lower case are equal. */
  search?: string | undefined;
  role?: OrganizationRole | undefined;
  /** Whether two-factor authentication is on; who cannot be seen to have it or not fits neither. */
  twoFactor?: boolean | undefined;
  /** Whether they are suspended on GitHub; where that is not told, they fit neither. */
  suspended?: boolean | undefined;
  /** GitHub's word for the kind of account. */
  type?: string | undefined;
  /** Joined then or later; of those who left: left then or later. */
  since?: Date | undefined;
  /** Only those of whom no change since tells one of the fields. */
  unmovedSince?: { moment: Date; fields: PlacingField[] } | undefined;
}

/** Between a name and a login in a key: people of one name are sorted by login. */
const SEPARATOR = '\x01';

/** The two that a place in a directory sorted by name has for its key. */
export function nameAndLogin(key: string): [string, string] {
  const at = key.lastIndexOf(SEPARATOR);
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
}

/** Somebody's place in a sorted directory: what it is sorted by, and the id. */
export interface PagePosition {
  key: string;
  id: number;
}

export interface MemberQuery extends MemberFilter {
  integrationId: number;
  sort?: MemberSort | undefined;
  /** People at most. */
  limit: number;
  /** Behind whom the page begins, or before whom it ends. */
  after?: PagePosition | undefined;
  before?: PagePosition | undefined;
  /** Nobody behind it, in the direction in which the page is read, needs to be on it. */
  upTo?: PagePosition | undefined;
}

/** Some people of a directory, and where the pages before and after continue; undefined where there are none. */
export interface MemberPage {
  members: ShownMember[];
  previous: PagePosition | undefined;
  next: PagePosition | undefined;
}

export const isDescending = (sort: MemberSort): boolean => sort.startsWith('-');

/** When the current status began. */
export const sinceWhen = ({ leftAt, joinedAt }: Pick<Member, 'leftAt' | 'joinedAt'>): Date =>
  leftAt ?? joinedAt;

type Keyed = Pick<ShownMember, 'id' | 'loginKey' | 'nameKey'>;
type Dated = Pick<ShownMember, 'joinedAt' | 'leftAt'>;

/** @throws Error where it is sorted by dates that are not known of the past */
export function placeOf(member: Keyed & Partial<Dated>, sort: MemberSort): PagePosition {
  const { id, loginKey, nameKey, joinedAt, leftAt = null } = member;
  if (sort.endsWith('login')) return { key: loginKey, id };
  if (sort.endsWith('name')) return { key: nameKey + SEPARATOR + loginKey, id };
  if (!joinedAt) throw new Error('It is not known when a past status began.');
  return { key: sinceWhen({ joinedAt, leftAt }).toISOString(), id };
}

/** `found` has one row more than `limit` where the list goes on, in the direction in which it was read. */
export function pageOf(
  found: ShownMember[],
  {
    sort = 'login',
    limit,
    after,
    before,
  }: Pick<MemberQuery, 'sort' | 'limit' | 'after' | 'before'>,
): MemberPage {
  const members = found.slice(0, limit);
  const goesOn = found.length > limit;
  if (before) members.reverse();
  const [first, last] = [members.at(0), members.at(-1)];
  return {
    members,
    previous: first && (before ? goesOn : after) ? placeOf(first, sort) : undefined,
    next: last && (before ? true : goesOn) ? placeOf(last, sort) : undefined,
  };
}

/** People that are read at once: a few ms, after which others have their turn. */
const MAX_ROWS_PER_READ = 250;

/** Everybody, a batch at a time, so that a large directory is never in memory at once. */
export async function* eachMember(
  pageAt: (place: Pick<MemberQuery, 'limit' | 'after'>) => Promise<MemberPage>,
): AsyncGenerator<ShownMember> {
  let after: PagePosition | undefined;
  do {
    const page = await pageAt({ limit: MAX_ROWS_PER_READ, after });
    yield* page.members;
    after = page.next;
  } while (after);
}
