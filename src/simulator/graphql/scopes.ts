import type { SimToken } from '../token.js';
import type { ShownError } from './errors.js';
import type { Selected } from './selections.js';

const EMAIL_SCOPES = ['user:email', 'read:user'];

/** The refusal of `User.email`, one error for each place that asks for it. */
export function scopeErrors(fields: readonly Selected[], token: SimToken): ShownError[] {
  if (token.hasAny(...EMAIL_SCOPES)) return [];
  const emails = fields.filter(
    ({ parent, field }) => parent.name === 'User' && field.name.value === 'email',
  );
  return emails.map(({ field }) => ({
    type: 'INSUFFICIENT_SCOPES',
    locations: locationOf(field),
    message:
      'Your token has not been granted the required scopes to execute this query. ' +
      `The 'email' field requires one of the following scopes: ${listed(EMAIL_SCOPES)}, ` +
      `but your token has only been granted the: ${listed(token.scopes)} scopes. ` +
      "Please modify your token's scopes at: https://github.com/settings/tokens.",
  }));
}

function listed(scopes: readonly string[]): string {
  return `[${scopes.map((scope) => `'${scope}'`).join(', ')}]`;
}

function locationOf({ loc }: Selected['field']): { line: number; column: number }[] {
  return loc ? [{ line: loc.startToken.line, column: loc.startToken.column }] : [];
}
