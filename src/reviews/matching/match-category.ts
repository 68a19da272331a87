import type { Found, MatchedBy, Matching } from './match-people.js';

/** What follows from comparing the list with GitHub. */
export const CATEGORIES = [
  'matched',
  'weak',
  'ambiguous',
  'not_in_list',
  'left_company',
  'not_on_github',
] as const;

export type MatchCategory = (typeof CATEGORIES)[number];

/** How many there are of each category. */
export type MatchCounts = Record<MatchCategory, number>;

export const noMatches = (): MatchCounts => ({
  ...{ matched: 0, weak: 0, ambiguous: 0 },
  ...{ not_in_list: 0, left_company: 0, not_on_github: 0 },
});

/** Somebody of the list, of GitHub, or of both. */
export interface CategorizedMatch {
  category: MatchCategory;
  matchedBy: MatchedBy | null;
  personId: number | null;
  /** The account's key. */
  account: string | null;
  /** The keys of the accounts to choose from. */
  candidates: string[];
}

/** Signs that people set themselves, and that nobody checks. */
const WEAK: readonly MatchedBy[] = ['public_email'];

/** Everybody of the list and of GitHub, once. Who has left the company and is not on GitHub is in no category. */
export function* categorized(
  people: { id: number; hasLeft: boolean }[],
  { matched, ambiguous, unlisted }: Matching,
): Generator<CategorizedMatch> {
  for (const { id, hasLeft } of people) {
    const [one, several] = [matched.get(id), ambiguous.get(id)];
    if (one) yield matchedOf(id, one, hasLeft);
    else if (several) yield ambiguousOf(id, several);
    else if (!hasLeft) yield { ...NOBODY, category: 'not_on_github', personId: id };
  }
  for (const account of unlisted) yield { ...NOBODY, category: 'not_in_list', account };
}

const NOBODY = { matchedBy: null, personId: null, account: null, candidates: [] };

const matchedOf = (
  personId: number,
  { by, keys: [account = ''] }: Found,
  hasLeft: boolean,
): CategorizedMatch => ({
  category: hasLeft ? 'left_company' : WEAK.includes(by) ? 'weak' : 'matched',
  ...{ matchedBy: by, personId, account, candidates: [] },
});

const ambiguousOf = (personId: number, { by, keys }: Found): CategorizedMatch => ({
  category: 'ambiguous',
  ...{ matchedBy: by, personId, account: null, candidates: keys },
});
