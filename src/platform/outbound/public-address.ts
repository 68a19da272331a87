import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Makes the error for an address that is not allowed. @param why a sentence */
export type Refusal = (why: string) => Error;

/** The host of a URL, as `refusePrivate` takes it. */
export const hostNameOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/**
 * Finds public addresses only. It runs for each connection, so that a name that changes its address cannot lead into the
 * operator's own network. An IP address is connected to without a lookup: check it with `refusePrivate`.
 */
export const publicLookup =
  (refusal: Refusal, find: LookupFunction = lookup as LookupFunction): LookupFunction =>
  (hostname, options, callback) =>
    find(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 4);
      const addresses = found as { address: string; family: number }[];
      try {
        for (const { address } of addresses) refusePrivate(address, refusal);
      } catch (failure) {
        return callback(failure as Error, '', 4);
      }
      const [first] = addresses;
      return options.all
        ? callback(null, addresses)
        : callback(null, first?.address ?? '', first?.family);
    });

/** Throws the refusal for an IP address that is not public. Names pass. */
export function refusePrivate(address: string, refusal: Refusal): void {
  if (ipaddr.isValid(address) && !isPublic(ipaddr.process(address)))
    throw refusal(`${address} is not a public address.`);
}

/** For IPv6 only global unicast (RFC 4291, 2.4), which excludes forms of IPv4 addresses such as ::7f00:1. */
const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === 'unicast' &&
  (address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3')));
