import type { Listed } from '../affiliation.js';
import type { Member, OrganizationRole } from '../member.entity.js';

/** The columns that a directory shows, and those that it is sorted by. */
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
  'identityLinked',
  'samlNameId',
  'scimUserName',
  'verifiedEmails',
  'status',
  'present',
  'outside',
  'joinedAt',
  'leftAt',
  'disabledBy',
  'disabledAt',
] as const satisfies (keyof Member)[];

/** The values that can decide whether a query finds somebody, and where. */
export type PlacingField =
  | 'status'
  | 'outside'
  | 'login'
  | 'name'
  | 'email'
  | 'role'
  | 'twoFactorEnabled'
  | 'suspended'
  | 'githubType'
  | 'identityLinked'
  | 'samlNameId'
  | 'scimUserName'
  | 'verifiedEmails';

export type ShownMember = Pick<Member, (typeof SHOWN_COLUMNS)[number]> & {
  /** Whether their status or presence changed since. Then it is unknown when the shown status began, and by whom. */
  isPast?: boolean;
};

/** The orders of a directory; `-` means descending. */
export const SORTS = ['login', '-login', 'name', '-name', 'since', '-since'] as const;

export type MemberSort = (typeof SORTS)[number];

/** Kinds of accounts, in GitHub's words. */
export const ACCOUNT_TYPES = ['User', 'Bot', 'Organization'] as const;

/** The choices of a filter, in days: who joined or left within that time. */
export const JOINED_WITHIN_DAYS = [7, 30, 90] as const;

export const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

/** Whom to show. An undefined field does not filter. */
export interface MemberFilter extends Listed {
  /** Beginnings of the login, of words of the name, of the corporate identity, or of an email address, in any order and without accents. */
  search?: string | undefined;
  role?: OrganizationRole | undefined;
  /** Whether two-factor authentication is on; null: those for whom it is not known. */
  twoFactor?: boolean | null | undefined;
  /** Whether they are suspended on GitHub. People for whom it is not known match neither value. */
  suspended?: boolean | undefined;
  /** GitHub's `type` of the account. */
  type?: string | undefined;
  /** People in one of these teams, by our ids of GitHub teams, now or at a past moment. `isLarge`: there are thousands of them. */
  githubTeams?: { ids: number[]; isLarge: boolean; asOf?: Date | undefined } | undefined;
  /** Whether an identity of single sign-on is linked. People for whom it is not known match neither value. */
  identity?: boolean | undefined;
  /** They joined then or later; people who left: they left then or later. */
  since?: Date | undefined;
  /** Only people without a change of one of the fields since that moment. */
  unmovedSince?: { moment: Date; fields: PlacingField[] } | undefined;
}

/** Separates name and login in a key: people with the same name are sorted by login. */
const SEPARATOR = '\x01';

/** Splits the key of a place in a directory sorted by name. */
export function nameAndLogin(key: string): [string, string] {
  const at = key.lastIndexOf(SEPARATOR);
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
}

/** Somebody's place in a sorted directory: the sort key, and the id. */
export interface PagePosition {
  key: string;
  id: number;
}

/** A query without a place and an order. */
export interface CountQuery extends MemberFilter {
  integrationId: number;
}

export interface MemberQuery extends CountQuery {
  sort?: MemberSort | undefined;
  /** The most people on the page. */
  limit: number;
  /** The page begins after `after`, or ends before `before`. */
  after?: PagePosition | undefined;
  before?: PagePosition | undefined;
  /** The page needs nobody after this place, in the direction in which it is read. */
  upTo?: PagePosition | undefined;
}

/** The highest number of matches that is shown; more are `1,000+`. To count on would take time. */
export const MOST_COUNTED = 1_000;

/** One page of a directory, and where the previous and next pages continue; undefined where there are none. */
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

/** @throws Error for a sort by date, where the dates of the past are not known */
export function placeOf(member: Keyed & Partial<Dated>, sort: MemberSort): PagePosition {
  const { id, loginKey, nameKey, joinedAt, leftAt = null } = member;
  if (sort.endsWith('login')) return { key: loginKey, id };
  if (sort.endsWith('name')) return { key: nameKey + SEPARATOR + loginKey, id };
  if (!joinedAt) throw new Error('It is not known when a past status began.');
  return { key: sinceWhen({ joinedAt, leftAt }).toISOString(), id };
}

/** @param found one row more than `limit` where the list goes on, in the direction in which it was read */
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

/** The most people read at once, which takes a few ms; other requests run in between. */
const MAX_ROWS_PER_READ = 250;

/** Everybody, in batches, so that memory never holds a whole large directory. */
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
