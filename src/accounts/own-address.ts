import type { Request } from 'express';
import { parseUrl } from '../config/parse-url.js';

/** Whether an address is one of this site: by `PUBLIC_URL`, or by the host that the request asks. */
export function isOwnAddress(
  address: string,
  { headers }: Request,
  publicUrl: string | undefined,
): boolean {
  const url = parseUrl(address);
  if (!url) return false;
  return url.origin === (publicUrl && new URL(publicUrl).origin) || url.host === headers.host;
}
