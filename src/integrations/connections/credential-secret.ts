import { PublicError } from '../../platform/public-error.js';
import type { Secrets } from '../../platform/secrets/secrets.js';
import type { Credential } from './credential.entity.js';

type Sealed = Pick<Credential, 'teamId' | 'sealedSecret'>;

/** Bound to the team, so that a row copied to another team cannot be decrypted. */
export const credentialContext = (teamId: number): string => `credential:${teamId}`;

export const sealCredential = (secrets: Secrets, teamId: number, secret: string): string =>
  secrets.seal(secret, credentialContext(teamId));

/** @throws PublicError `credential_unreadable` */
export function openCredential(secrets: Secrets, { teamId, sealedSecret }: Sealed): string {
  const secret = secrets.tryOpen(sealedSecret, credentialContext(teamId));
  if (secret === undefined) throw credentialUnreadable();
  return secret;
}

/** Whether it was encrypted with this key. */
export const isReadable = (secrets: Secrets, { teamId, sealedSecret }: Sealed): boolean =>
  secrets.tryOpen(sealedSecret, credentialContext(teamId)) !== undefined;

const credentialUnreadable = () =>
  new PublicError(
    409,
    'credential_unreadable',
    'The stored credential cannot be decrypted: SECRET_KEY has changed, or the stored value was changed in the database.',
    'Connect the organization again to replace the credential.',
  );
