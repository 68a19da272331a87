import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header has the token. In constant time: digests have one length. */
export function hasMetricsToken(authorization: string | undefined, token: string): boolean {
  const [, given] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digestOf(given), digestOf(token));
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
