import { isListed } from '../affiliation.js';
import {
  isDescending,
  type MemberFilter,
  type MemberQuery,
  type MemberSort,
  type PagePosition,
  placeOf,
  type ShownMember,
} from '../listing/member-query.js';
import { isFound, termsOf } from '../listing/search-terms.js';
import { canBeFound, type NameKeys } from '../writing/name-keys.js';

type Filtered = NameKeys &
  Pick<
    ShownMember,
    | 'loginKey'
    | 'email'
    | 'status'
    | 'outside'
    | 'role'
    | 'twoFactorEnabled'
    | 'suspended'
    | 'githubType'
    | 'identityLinked'
    | 'samlNameId'
    | 'scimUserName'
    | 'verifiedEmails'
  >;

/** The people, in memory, who match the filter. It ignores when their status began. */
export function found<T extends Filtered>(
  people: T[],
  { statuses, affiliation, search = '', role, twoFactor, suspended, type, identity }: MemberFilter,
): T[] {
  if (!canBeFound(search)) return [];
  const terms = termsOf(search);
  return people.filter(
    (member) =>
      isListed(member, { statuses, affiliation }) &&
      isFound(member, terms) &&
      (role === undefined || member.role === role) &&
      (twoFactor === undefined || member.twoFactorEnabled === twoFactor) &&
      (suspended === undefined || member.suspended === suspended) &&
      (type === undefined || member.githubType === type) &&
      (identity === undefined || member.identityLinked === identity),
  );
}

export function inOrder<T extends ShownMember>(people: T[], sort: MemberSort = 'login'): T[] {
  return people
    .map((member) => ({ member, at: placeOf(member, sort) }))
    .sort((a, b) => comparePlaces(a.at, b.at, sort))
    .map(({ member }) => member);
}

/** A page of an ordered list, and one more item, in the direction in which it is read. */
export function pageBeyond<T extends { at: PagePosition }>(
  ordered: T[],
  { sort = 'login', limit, after, before }: MemberQuery,
): T[] {
  if (before) {
    const end = firstWhere(ordered, ({ at }) => comparePlaces(at, before, sort) >= 0);
    return ordered.slice(Math.max(0, end - limit - 1), end).reverse();
  }
  const start = after ? firstWhere(ordered, ({ at }) => comparePlaces(at, after, sort) > 0) : 0;
  return ordered.slice(start, start + limit + 1);
}

/** The index of the first item for which `holds` is true, by binary search; the length where there is none. */
function firstWhere<T>(ordered: T[], holds: (one: T) => boolean): number {
  let [from, to] = [0, ordered.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(ordered[middle] as T)) to = middle;
    else from = middle + 1;
  }
  return from;
}

export function comparePlaces(a: PagePosition, b: PagePosition, sort: MemberSort): number {
  const upwards = a.key === b.key ? a.id - b.id : byCodePoints(a.key, b.key);
  return isDescending(sort) ? -upwards : upwards;
}

/** Only above this, the orders of UTF-16 and of code points differ. */
const HIGH = /[\ud800-\uffff]/;

/** The order of both databases. */
function byCodePoints(a: string, b: string): number {
  if (HIGH.test(a) && HIGH.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}
