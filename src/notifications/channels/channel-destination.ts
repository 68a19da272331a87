import { isEmailAddress } from '../../accounts/users/email-address.js';
import { isPlainAddress } from '../../config/mail-config.js';
import type { ChannelKind } from '../../integrations/outbox/notification-channel.entity.js';
import { destinationInvalid, MAX_RECIPIENTS, recipientsInvalid } from './channel-failures.js';

/** Where a channel sends: an email channel has recipients, and any other kind an address. */
export interface Destination {
  address?: string | undefined;
  recipients?: string[] | undefined;
}

/**
 * Refuses what does not belong to the kind.
 * @param isNew whether it must be given
 * @throws PublicError `channel_destination_invalid`
 */
export function checkDestination(
  kind: ChannelKind,
  { address, recipients }: Destination,
  { isNew }: { isNew: boolean },
): void {
  const [own, other] = kind === 'email' ? [recipients, address] : [address, recipients];
  if (other !== undefined || (isNew && own === undefined)) throw destinationInvalid();
}

/** In lower case, each once. @throws PublicError `channel_recipients_invalid` */
export function checkedRecipients(typed: string[]): string[] {
  const recipients = [...new Set(typed.map((one) => one.trim().toLowerCase()))];
  const isFew = recipients.length > 0 && recipients.length <= MAX_RECIPIENTS;
  const isValid = recipients.every((one) => isEmailAddress(one) && isPlainAddress(one));
  if (isFew && isValid) return recipients;
  throw recipientsInvalid();
}
