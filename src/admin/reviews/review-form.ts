import { PublicError } from '../../platform/public-error.js';
import { formText } from '../../platform/web/form-text.js';
import type { NewReview } from '../../reviews/access-reviews/review-starts.js';
import { faultIn } from '../shared/form-faults.js';

const MAX_NAME = 100;

/** The form's values as sent. @throws PublicError `review_name_invalid`, `review_organizations_invalid` */
export function typedReview(form: unknown): NewReview {
  const chosen = (form as { integrations?: unknown } | undefined)?.integrations ?? [];
  const ids = [chosen].flat().map(Number);
  return {
    name: formText(form, 'name'),
    integrationIds: ids.filter((id) => Number.isSafeInteger(id) && id > 0),
    dueOn: formText(form, 'dueOn'),
    byManager: formText(form, 'byManager') === 'true',
    reviewerId: Number(formText(form, 'reviewer')) || null,
  };
}

/** @throws PublicError `review_name_invalid`, `review_organizations_invalid` */
export function refuseIncomplete({ name, integrationIds }: NewReview): void {
  if (name === '' || name.length > MAX_NAME) throw nameInvalid();
  if (integrationIds.length === 0) throw organizationsInvalid();
}

const nameInvalid = () =>
  new PublicError(
    422,
    'review_name_invalid',
    'A review has a name of 1 to 100 characters.',
    'Choose one such as First quarter.',
  );

const organizationsInvalid = () =>
  new PublicError(
    422,
    'review_organizations_invalid',
    'No organization is chosen.',
    'Choose at least one.',
  );

const FIELDS: Record<string, string> = {
  review_name_invalid: 'name',
  review_organizations_invalid: 'integrations',
  review_empty: 'integrations',
  integration_disconnected: 'integrations',
  due_on_invalid: 'dueOn',
  too_many_reviews: 'name',
};

/** The error of each field. Throws any other error. */
export const faultsOf = (error: unknown) => faultIn(error, FIELDS);
