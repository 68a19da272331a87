import { type Source, usingIndex } from '../../platform/database/dialect.js';
import type { MemberFilter, MemberSort, PlacingField } from './member-query.js';
import { termsOf } from './search-terms.js';

type Wanted = Omit<MemberFilter, 'statuses' | 'affiliation'> & { sort?: MemberSort | undefined };

/** The fields that decide whether this query of a past directory finds somebody, and where. Other changes move nobody. */
export function placingFields(wanted: Wanted): PlacingField[] {
  const { sort = 'login', search, role, twoFactor, suspended, type, identity } = wanted;
  const fields: PlacingField[] = ['status', 'outside', 'login'];
  if (search || sort.endsWith('name')) fields.push('name');
  if (search) fields.push('samlNameId', 'scimUserName');
  if (termsOf(search).some(({ email }) => email !== undefined))
    fields.push('email', 'verifiedEmails');
  if (role) fields.push('role');
  if (twoFactor !== undefined) fields.push('twoFactorEnabled');
  if (suspended !== undefined) fields.push('suspended');
  if (type) fields.push('githubType');
  if (identity !== undefined) fields.push('identityLinked');
  return fields;
}

/** SQL for changes (`c`) of one of the fields, or that added somebody. */
export const tellsOf = (fields: PlacingField[]): string =>
  [
    'c.values_before IS NULL',
    // This finds keys only: inside a value, JSON has a backslash before the second quotation mark.
    ...fields.map((field) => `INSTR(c.values_before, '"${field}":') > 0`),
  ].join(' OR ');

/** SQL that joins to a member (`m`) the changes of one of the fields since `:changedSince`. */
export const joinPlacing = (source: Source, fields: PlacingField[]): string =>
  `LEFT JOIN member_changes c ${usingIndex(source, 'member_changes_person')}
   ON c.integration_id = m.integration_id AND c.github_id = m.github_id
   AND c.made_at > :changedSince AND (${tellsOf(fields)})`;
