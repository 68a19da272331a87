import type { Request } from 'express';
import type { Config } from '../../config/config.js';
import { parseUrl } from '../../config/parse-url.js';

/**
 * Whether an address is one of this site. Where PUBLIC_URL is set, scheme, host and port must be its own: the request's
 * Host is the sender's to choose. Without it, the Host is all there is.
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
