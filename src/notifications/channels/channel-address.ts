import { hostNameOf, refusePrivate } from '../../platform/outbound/public-address.js';
import { PublicError } from '../../platform/public-error.js';

const MAX_LENGTH = 2_000;

/**
 * Checks the address of a receiver. A name is checked when it is connected to.
 * @param isTrusted whether the operator allows private addresses, and http
 * @throws PublicError `channel_address_invalid`, `channel_address_not_allowed`
 */
export function checkAddress(typed: string, isTrusted: boolean): URL {
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  const isPlain = url && !url.username && !url.password && !url.hash;
  if (!isPlain || !/^https?:$/.test(url.protocol) || typed.length > MAX_LENGTH)
    throw addressInvalid();
  if (isTrusted) return url;
  if (url.protocol !== 'https:') throw addressNotAllowed('It is not an https address.');
  refusePrivate(hostNameOf(url), addressNotAllowed);
  return url;
}

const addressInvalid = () =>
  new PublicError(
    422,
    'channel_address_invalid',
    'The address of the channel is not valid.',
    'Enter an https address of at most 2000 characters, without a user, a password or a fragment.',
  );

export const addressNotAllowed = (why: string) =>
  new PublicError(
    422,
    'channel_address_not_allowed',
    `Rollcall is not allowed to send to this address: ${why}`,
    'Use a public https address, or ask the operator to set ALLOW_PRIVATE_API_URLS=true.',
  );
