import type { CredentialVisibility } from '../../github/access/credential-visibility.js';
import type { Credential } from './credential.entity.js';

export type CredentialHealth = Pick<Credential, 'expiresAt' | 'sees' | 'checkedAt'>;

/** A credential's health, as GitHub reported it now. */
export const healthOf = ({
  list,
  twoFactor,
  email,
  expiresAt,
}: CredentialVisibility): CredentialHealth => ({
  expiresAt,
  sees: { everybody: list === 'members', roles: list === 'members', twoFactor, email },
  checkedAt: new Date(),
});
