import { PublicError } from '../../platform/public-error.js';
import type { ReviewCounts } from './review-decisions.js';

export const reviewNotFound = () =>
  new PublicError(
    404,
    'review_not_found',
    'Your team does not have this access review.',
    'Choose one from the list of reviews.',
  );

export const reviewItemNotFound = () =>
  new PublicError(
    404,
    'review_item_not_found',
    'This review does not have all of these rows, or somebody else reviews them. Nothing was changed.',
    'Read the rows of the review again.',
  );

export const reviewClosed = () =>
  new PublicError(
    409,
    'review_closed',
    'This access review is closed. It never changes.',
    'Start another review.',
  );

export const reviewOpen = () =>
  new PublicError(
    409,
    'review_open',
    'This access review is open. Evidence is made when it is closed.',
    'Decide every row, and close the review.',
  );

export const reviewUndecided = ({ undecided, question }: ReviewCounts) =>
  new PublicError(
    409,
    'review_undecided',
    `${undecided} rows have no decision, and ${question} are questioned. A question does not count as a decision.`,
    'Decide to keep or to remove each of them.',
  );

export const reviewEmpty = () =>
  new PublicError(
    409,
    'review_empty',
    'Nobody has access to these organizations, as far as Rollcall knows.',
    'Sync the organizations first.',
  );

export const tooManyReviews = (most: number) =>
  new PublicError(
    409,
    'too_many_reviews',
    `Your team has ${most} open access reviews. More are not possible.`,
    'Close one of them first.',
  );

export const dueOnInvalid = (typed: string) =>
  new PublicError(
    422,
    'due_on_invalid',
    `'${typed}' is no day from today on.`,
    'Use a date such as 2026-03-31, in UTC.',
  );

export const reasonRequired = () =>
  new PublicError(
    422,
    'reason_required',
    'To remove or to question somebody needs a reason.',
    'Say why, in at most 1000 characters.',
  );
