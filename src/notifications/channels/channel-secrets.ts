import {
  channelContext,
  type NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';
import { DAY_MS } from '../../platform/dates.js';
import type { Secrets } from '../../platform/secrets/secrets.js';
import { makeSecret } from '../sending/signature.js';

/** How long messages are also signed with a replaced secret, in ms. */
const HOLDS_MS = DAY_MS;

type Sealed = Pick<
  NotificationChannel,
  'teamId' | 'sealedSecret' | 'sealedPreviousSecret' | 'previousSecretUntil'
>;

/** A new secret, and the columns that hold it and the one before. */
export function replaceSecret(secrets: Secrets, { teamId, sealedSecret }: Sealed, now: Date) {
  const secret = makeSecret();
  return {
    secret,
    columns: {
      sealedSecret: secrets.seal(secret, channelContext(teamId)),
      sealedPreviousSecret: sealedSecret,
      previousSecretUntil: sealedSecret && new Date(now.getTime() + HOLDS_MS),
    },
  };
}

/** The secrets with which a message is signed now, the newest first; none where SECRET_KEY has changed. */
export function signingSecrets(secrets: Secrets, channel: Sealed, now: Date): string[] {
  const { teamId, sealedSecret, sealedPreviousSecret, previousSecretUntil } = channel;
  const holds = previousSecretUntil !== null && previousSecretUntil > now;
  return [sealedSecret, holds ? sealedPreviousSecret : null].flatMap((sealed) => {
    const secret = sealed && secrets.tryOpen(sealed, channelContext(teamId));
    return secret ? [secret] : [];
  });
}
