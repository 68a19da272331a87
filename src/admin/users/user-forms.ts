import type { Role } from '../../accounts/users/membership.entity.js';
import { formText } from '../../platform/web/form-text.js';
import { faultIn } from '../shared/form-faults.js';

/** What the form of an invitation holds, as sent. */
export interface TypedInvitation {
  email: string;
  role: string;
}

export const typedInvitation = (form: unknown): TypedInvitation => ({
  email: formText(form, 'email'),
  role: formText(form, 'role'),
});

/** The choices of a role. */
export const ROLE_CHOICES: { value: Role; words: string }[] = [
  { value: 'member', words: 'Member: reads' },
  { value: 'admin', words: 'Admin: reads, changes and invites' },
];

const FIELDS: Record<string, keyof TypedInvitation> = {
  email_invalid: 'email',
  user_in_team: 'email',
  role_invalid: 'role',
};

/** The error of each field. Throws any other error. */
export const faultsOf = (error: unknown) => faultIn(error, FIELDS);
