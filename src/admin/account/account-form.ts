import { formText, rawFormText } from '../../platform/web/form-text.js';
import { faultIn } from '../shared/form-faults.js';

export const typedPasswords = (form: unknown) => ({
  present: rawFormText(form, 'present'),
  wanted: rawFormText(form, 'wanted'),
});

export const typedName = (form: unknown): { name: string } => ({ name: formText(form, 'name') });

type Field = 'name' | 'present' | 'wanted';

const FIELDS: Record<string, Field> = {
  user_name_invalid: 'name',
  password_wrong: 'present',
  sign_ins_busy: 'present',
  too_many_requests: 'present',
  password_too_short: 'wanted',
  password_too_common: 'wanted',
  password_unchanged: 'wanted',
};

/** The error of each field. Throws any other error. */
export const faultsOf = (error: unknown) => faultIn(error, FIELDS);
