import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../platform/secrets/secrets.js';
import type { Webhook } from './webhook.entity.js';

/** How long a replaced secret is still accepted, in ms. */
const HOLDS_MS = 3_600_000;

/** How many replaced secrets are accepted; only somebody who replaces it again and again has more. */
const MAX_PREVIOUS = 5;

type Sealed = Pick<Webhook, 'urlKey' | 'sealedSecret' | 'sealedPreviousSecrets'>;

export interface AcceptedSecret {
  secret: string;
  /** In ms since 1970; endless for the present secret. */
  until: number;
}

/** Bound to the address, so that a row copied to another address cannot be decrypted. */
export const webhookContext = (urlKey: string): string => `webhook:${urlKey}`;

const makeSecret = (): string => randomBytes(32).toString('hex');

/** A new address with its secret. */
export function makeAddress(secrets: Secrets): Pick<Webhook, 'urlKey' | 'sealedSecret'> {
  const urlKey = randomBytes(16).toString('hex');
  return { urlKey, sealedSecret: secrets.seal(makeSecret(), webhookContext(urlKey)) };
}

/** A new secret, and the columns that hold it and those before it. */
export function replaceSecret(secrets: Secrets, webhook: Sealed, now: number) {
  const context = webhookContext(webhook.urlKey);
  const secret = makeSecret();
  const previous = acceptedSecrets(secrets, webhook)
    .map((one) => ({ ...one, until: Math.min(one.until, now + HOLDS_MS) }))
    .filter(({ until }) => until > now)
    .slice(0, MAX_PREVIOUS);
  return {
    secret,
    columns: {
      sealedSecret: secrets.seal(secret, context),
      sealedPreviousSecrets: secrets.seal(JSON.stringify(previous), context),
    },
  };
}

/** The present secret and those before it, the newest first. Without what another SECRET_KEY has sealed. */
export function acceptedSecrets(secrets: Secrets, webhook: Sealed): AcceptedSecret[] {
  const { urlKey, sealedSecret, sealedPreviousSecrets } = webhook;
  const open = (sealed: string) => secrets.tryOpen(sealed, webhookContext(urlKey));
  const present = open(sealedSecret);
  const previous: AcceptedSecret[] = JSON.parse(open(sealedPreviousSecrets ?? '') ?? '[]');
  return present ? [always(present), ...previous] : previous;
}

export const always = (secret: string): AcceptedSecret => ({
  secret,
  until: Number.POSITIVE_INFINITY,
});
