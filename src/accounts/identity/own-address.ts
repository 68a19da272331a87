import type { Request } from 'express';
import type { Config } from '../../config/config.js';
import { parseUrl } from '../../config/parse-url.js';

/**
 * Whether an address belongs to this site. With PUBLIC_URL, scheme, host and port must match it, because the sender
 * chooses the Host header. Without PUBLIC_URL, there is only the Host header.
 */
export function isOwnAddress(
  address: string,
  { headers }: Request,
  { publicOrigin }: Pick<Config, 'publicOrigin'>,
): boolean {
  const url = parseUrl(address);
  if (!url) return false;
  return publicOrigin === undefined ? url.host === headers.host : url.origin === publicOrigin;
}
