import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';

/** Names of ranges that Express knows. */
const NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted, separated by commas: addresses, ranges such
 * as 10.0.0.0/8, or names of ranges; `none` trusts nobody.
 */
export const trustedProxies = z
  .string()
  .default('loopback')
  .transform((value) => value.split(',').map((one) => one.trim()))
  .transform((listed) => (listed.length === 1 && listed[0] === 'none' ? [] : listed))
  .refine((listed) => listed.every(isProxy), {
    message: `must be addresses or ranges separated by commas, such as 10.0.0.5,192.168.0.0/16, or ${NAMES.join(', ')}, or none`,
  });

function isProxy(value: string): boolean {
  if (NAMES.includes(value)) return true;
  const [address = '', bits, ...more] = value.split('/');
  // A zone, as in fe80::1%eth0, is no part of a range.
  if (isIP(address) === 0 || address.includes('%') || more.length > 0) return false;
  if (bits === undefined) return true;
  const most = isIPv6(address) ? 128 : 32;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most;
}
