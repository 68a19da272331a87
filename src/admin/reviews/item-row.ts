import type { ShownItem } from '../../reviews/access-reviews/access-reviews.service.js';
import type { AccessState } from '../../reviews/access-reviews/removals.js';
import { CATEGORY_WORDS } from '../people-list/match-words.js';
import { personPath } from '../shared/person-view.js';
import type { ReviewAddress } from './review-address.js';
import { DECISION_WORDS } from './review-words.js';

const ACCESS_WORDS: Record<AccessState, string> = {
  ended: 'Access has ended',
  remains: 'Still has access',
  unknown: 'Access is not known',
};

const TWO_FACTOR = { true: 'on', false: 'off', null: 'not visible' };

/** A row of a review as the page shows it. */
export const itemRow = (
  item: ShownItem,
  { isOpen, address }: { isOpen: boolean; address: ReviewAddress },
) => ({
  ...item,
  page: personPath(item.integrationId, item.memberId),
  isOutside: item.affiliation === 'outside_collaborator',
  isOwner: item.role === 'admin',
  twoFactor: TWO_FACTOR[`${item.twoFactor}`],
  teams: item.githubTeams.join(', '),
  matched: item.match && CATEGORY_WORDS[item.match.category],
  words: DECISION_WORDS[item.decision ?? 'undecided'],
  keep: isOpen && item.decision !== 'keep' && address.to('/decide', { row: `${item.id}` }),
  isOpen,
  outcome: item.access && ACCESS_WORDS[item.access],
});
