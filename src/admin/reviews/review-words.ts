import type { DecisionFilter } from '../../reviews/access-reviews/review-decisions.js';

/** What needs somebody first. */
export const SHOWN_DECISIONS: DecisionFilter[] = ['undecided', 'question', 'remove', 'keep'];

export const DECISION_WORDS: Record<DecisionFilter, string> = {
  undecided: 'Undecided',
  question: 'Question',
  remove: 'Remove',
  keep: 'Keep',
};
