/** What is decided about somebody's access. */
export const DECISIONS = ['keep', 'remove', 'question'] as const;

export type Decision = (typeof DECISIONS)[number];

/** The same, and what has no decision yet. */
export const DECISION_FILTERS = [...DECISIONS, 'undecided'] as const;

export type DecisionFilter = (typeof DECISION_FILTERS)[number];

/** How many rows of a review there are, in all and of each decision. */
export type ReviewCounts = Record<DecisionFilter | 'total', number>;

export const noRows = (): ReviewCounts => ({
  ...{ total: 0, undecided: 0, keep: 0, remove: 0, question: 0 },
});

/** Rows that hold up the closing of a review. A question is no answer. */
export const openRows = ({ undecided, question }: ReviewCounts): number => undecided + question;
