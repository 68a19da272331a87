import {
  type MemberPage,
  type MemberQuery,
  MOST_COUNTED,
} from '../../members/listing/member-query.js';
import { number } from '../../platform/number.js';
import type { DirectoryQuery } from './directory-query.js';

interface Counting {
  matching(query: Omit<MemberQuery, 'limit'>): Promise<number>;
}

/** How many people a search or a filter finds; undefined without one, and where nobody is found. */
export async function matchingOf(
  query: DirectoryQuery,
  { members, previous, next }: MemberPage,
  directory: Counting,
): Promise<number | undefined> {
  if (!query.isNarrowed || members.length === 0) return undefined;
  if (!previous && !next) return members.length;
  const { after, before, ...filter } = query.members;
  return directory.matching(filter);
}

/** `83`, or `1,000+`. */
export const matchingWords = (people: number): string =>
  people > MOST_COUNTED ? `${number(MOST_COUNTED)}+` : number(people);
