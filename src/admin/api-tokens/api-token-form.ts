import type { TokenOptions } from '../../accounts/api-tokens/api-tokens.service.js';
import { formText } from '../../platform/web/form-text.js';
import { faultIn } from '../shared/form-faults.js';

/** The form's values as sent. */
export interface TypedToken {
  name: string;
  access: string;
  days: string;
}

export const typedToken = (form: unknown): TypedToken => ({
  name: formText(form, 'name'),
  access: formText(form, 'access'),
  days: formText(form, 'days'),
});

/** An unknown access becomes `read`; an unknown lifetime is an error. */
export const optionsOf = ({ access, days }: TypedToken): TokenOptions => ({
  readOnly: access !== 'full',
  expiresInDays: days === 'never' ? null : Number(days || Number.NaN),
});

const FIELDS: Record<string, keyof TypedToken> = {
  token_name_invalid: 'name',
  token_life_invalid: 'days',
};

/** The error of each field. Throws any other error. */
export const faultsOf = (error: unknown) => faultIn(error, FIELDS);
