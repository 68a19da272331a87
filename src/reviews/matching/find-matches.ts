import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Match } from './match.entity.js';
import type { MatchCategory } from './match-category.js';

export interface MatchFilter {
  teamId: number;
  /** All where undefined. */
  category?: MatchCategory | undefined;
  /** Words of which each is in the email address, the name or a login. */
  search?: string | undefined;
}

/** The last match of the page before. */
export interface MatchPosition {
  sortKey: string;
  id: number;
}

/** More words find nobody else. */
const MAX_WORDS = 8;

/** Matches in the order of the email address, or of the login of who is not in the list. */
export function selectMatches(
  manager: EntityManager,
  { teamId, category, search = '' }: MatchFilter,
  after?: MatchPosition,
): SelectQueryBuilder<Match> {
  const select = manager
    .createQueryBuilder(Match, 'found')
    .where({ teamId, ...(category && { category }) })
    .orderBy('found.sortKey')
    .addOrderBy('found.id');
  if (after)
    select.andWhere(
      // The first part lets the databases begin there in the index.
      'found.sort_key >= :sortKey AND (found.sort_key > :sortKey OR found.id > :id)',
      after,
    );
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  for (const [i, word] of words.entries())
    select.andWhere(`found.search_key LIKE :word${i} ESCAPE '!'`, {
      [`word${i}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
    });
  return select;
}
