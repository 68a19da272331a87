import {
  isDescending,
  type MemberFilter,
  type MemberQuery,
  type MemberSort,
  type Place,
  placeOf,
  type ShownMember,
} from './member-query.js';
import { asKey, beginsWith, type NameKeys } from './name-keys.js';

/** Everybody who fits; since when people are what they are is not asked. */
export function found<T extends ShownMember & NameKeys>(
  roster: T[],
  { statuses, search = '', role, twoFactor }: MemberFilter,
): T[] {
  const text = asKey(search);
  return roster.filter(
    (member) =>
      statuses.includes(member.status) &&
      beginsWith(member, text) &&
      (role === undefined || member.role === role) &&
      (twoFactor === undefined || member.twoFactorEnabled === twoFactor),
  );
}

/** In the order in which a page is read: backwards where it is the one before somebody; nobody on this side of its place. */
export function inOrder<T extends ShownMember>(
  people: T[],
  { sort = 'login', after, before }: Pick<MemberQuery, 'sort' | 'after' | 'before'>,
): T[] {
  const place = after ?? before;
  const direction = before ? -1 : 1;
  const order = (a: Place, b: Place) => direction * compare(a, b, sort);
  return people
    .map((member) => ({ member, at: placeOf(member, sort) }))
    .filter(({ at }) => !place || order(at, place) > 0)
    .sort((a, b) => order(a.at, b.at))
    .map(({ member }) => member);
}

/** As both databases do: by code points, which is how their UTF-8 is ordered. */
function compare(a: Place, b: Place, sort: MemberSort): number {
  const upwards = a.key === b.key ? a.id - b.id : Buffer.compare(utf8(a.key), utf8(b.key));
  return isDescending(sort) ? -upwards : upwards;
}

const utf8 = (text: string): Buffer => Buffer.from(text);
