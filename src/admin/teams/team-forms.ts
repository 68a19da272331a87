import { formText } from '../../platform/web/form-text.js';
import { faultIn } from '../shared/form-faults.js';

/** What the form of a new team holds, as sent. */
export interface TypedTeam {
  slug: string;
  email: string;
}

export const typedTeam = (form: unknown): TypedTeam => ({
  slug: formText(form, 'slug'),
  email: formText(form, 'email'),
});

const FIELDS: Record<string, keyof TypedTeam> = {
  team_slug_invalid: 'slug',
  team_exists: 'slug',
  team_default: 'slug',
  email_invalid: 'email',
};

/** The error of each field. Throws any other error. */
export const faultsOf = (error: unknown) => faultIn(error, FIELDS);
