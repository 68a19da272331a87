import type { SimToken } from '../token.js';
import type { ShownError } from './errors.js';
import type { Selected } from './selections.js';

/** Fields that need a scope of their own: each of these is enough. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'User.email': ['user:email', 'read:user'],
  'User.organizationVerifiedDomainEmails': ['read:org', 'read:user', 'user:email'],
  'Organization.samlIdentityProvider': ['admin:org'],
  'Organization.teams': ['read:org', 'read:discussion'],
};

/** The refusal of fields, one error for each place that asks for one without the scope. */
export function scopeErrors(fields: readonly Selected[], token: SimToken): ShownError[] {
  return fields.flatMap(({ parent, field }) => {
    const needed = NEEDED[`${parent.name}.${field.name.value}`];
    return needed && !token.hasAny(...needed) ? [scopeError(field, needed, token)] : [];
  });
}

function scopeError(
  field: Selected['field'],
  needed: readonly string[],
  token: SimToken,
): ShownError {
  return {
    type: 'INSUFFICIENT_SCOPES',
    locations: locationOf(field),
    message:
      'Your token has not been granted the required scopes to execute this query. ' +
      `The '${field.name.value}' field requires one of the following scopes: ${listed(needed)}, ` +
      `but your token has only been granted the: ${listed(token.scopes)} scopes. ` +
      "Please modify your token's scopes at: https://github.com/settings/tokens.",
  };
}

function listed(scopes: readonly string[]): string {
  return `[${scopes.map((scope) => `'${scope}'`).join(', ')}]`;
}

function locationOf({ loc }: Selected['field']): { line: number; column: number }[] {
  return loc ? [{ line: loc.startToken.line, column: loc.startToken.column }] : [];
}
