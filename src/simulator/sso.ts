import type { SimOrganization } from './organization.js';
import type { TokenKind } from './token.js';

/** The header of a refusal, with the page where the token's owner can mend it. */
export function ssoRequiredHeader(organization: SimOrganization): string {
  const page = `https://github.com/orgs/${organization.login}/sso`;
  return `required; url=${page}?authorization_request=A${organization.id}`;
}

/** The header of a list that leaves out some organizations. */
export function ssoPartialHeader(organizations: readonly SimOrganization[]): string {
  return `partial-results; organizations=${organizations.map(({ id }) => id).join(',')}`;
}

export function ssoMessage(kind: TokenKind = 'classic'): string {
  const tool = kind === 'oauth' ? 'OAuth token' : 'Personal Access token';
  return `Resource protected by organization SAML enforcement. You must grant your ${tool} access to this organization.`;
}
