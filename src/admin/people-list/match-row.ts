import type { PresentedAccount, PresentedMatch } from '../../reviews/matching/present-match.js';
import { personPath } from '../shared/person-view.js';
import { CATEGORY_WORDS, SIGN_WORDS } from './match-words.js';

/**
 * A match as a row of the page.
 * @param showsCategory whether rows of several categories are shown
 * @param here the address of the page, to which a choice returns
 */
export function matchRow(
  { category, matchedBy, person, member, candidates }: PresentedMatch,
  { showsCategory, here }: { showsCategory: boolean; here: string },
) {
  const isByHand = matchedBy === 'hand';
  return {
    person,
    account: member && accountView(member),
    category: showsCategory && category ? CATEGORY_WORDS[category] : undefined,
    sign: member && matchedBy ? SIGN_WORDS[matchedBy] : undefined,
    isWeak: category === 'weak',
    isByHand,
    candidates: candidates.map(accountView),
    choose: person && choicePath(person.id, here),
  };
}

const choicePath = (personId: number, here: string): string =>
  here.replace('/people-list/matches', `/people-list/matches/${personId}`);

const accountView = (account: PresentedAccount) => ({
  ...account,
  page: personPath(account.integrationId, account.memberId),
  isOutside: account.affiliation === 'outside_collaborator',
});
