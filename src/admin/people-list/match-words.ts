import type { MatchCategory } from '../../reviews/matching/match-category.js';
import type { MatchedBy } from '../../reviews/matching/match-people.js';

/** What needs somebody first. */
export const SHOWN_CATEGORIES: MatchCategory[] = [
  ...(['left_company', 'not_in_list', 'ambiguous'] as const),
  ...(['weak', 'not_on_github', 'matched'] as const),
];

export const CATEGORY_WORDS: Record<MatchCategory, string> = {
  left_company: 'Left the company',
  not_in_list: 'Not in the list',
  ambiguous: 'To choose',
  weak: 'Weak sign',
  not_on_github: 'Not on GitHub',
  matched: 'Matched',
};

export const CATEGORY_HINTS: Record<MatchCategory, string> = {
  left_company: 'and still on GitHub',
  not_in_list: 'but on GitHub',
  ambiguous: 'who it is',
  weak: 'only the public address',
  not_on_github: 'but in the list',
  matched: 'in the list and on GitHub',
};

export const SIGN_WORDS: Record<MatchedBy, string> = {
  hand: 'by hand',
  login: 'by login',
  saml_name_id: 'by SAML NameID',
  scim_user_name: 'by SCIM user name',
  verified_email: 'by verified address',
  public_email: 'by public address',
};
