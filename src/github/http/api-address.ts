import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Dispatcher } from 'undici';
import { GithubFailure } from '../errors/github-failure.js';
import { quickFetch } from './quick-fetch.js';

type Fetch = typeof globalThis.fetch;

/** A hundred people with all their fields are less than a tenth of that. */
export const MAX_ANSWER_BYTES = 8 * 2 ** 20;

/**
 * `fetch` for an API address that a person typed: https only, and only to it.
 * @param dispatcher connects only to public addresses, with `publicLookup`
 * @throws GithubFailure `api_url_not_allowed`
 */
export function publicFetch(apiUrl: string, dispatcher: Dispatcher): Fetch {
  const { origin, protocol, hostname } = new URL(apiUrl);
  if (protocol !== 'https:') throw notAllowed(`${apiUrl} is not an https address.`);
  // An IP address is connected to without a lookup.
  refusePrivate(hostname.replace(/^\[|\]$/g, ''));
  const fetch = quickFetch(dispatcher, apiUrl);
  return (async (url: string, init: RequestInit) => {
    if (new URL(url).origin !== origin) throw notAllowed(`${origin} redirects to another server.`);
    return fetch(url, init);
  }) as Fetch;
}

/**
 * Finds public addresses only. It runs for each connection, so that a name that changes its address cannot lead into the
 * operator's own network.
 */
export const publicLookup =
  (find: LookupFunction = lookup as LookupFunction): LookupFunction =>
  (hostname, options, callback) =>
    find(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 4);
      const addresses = found as { address: string; family: number }[];
      try {
        for (const { address } of addresses) refusePrivate(address);
      } catch (failure) {
        return callback(failure as Error, '', 4);
      }
      const [first] = addresses;
      return options.all
        ? callback(null, addresses)
        : callback(null, first?.address ?? '', first?.family);
    });

function refusePrivate(address: string): void {
  if (ipaddr.isValid(address) && !isPublic(ipaddr.process(address)))
    throw notAllowed(`${address} is not a public address.`);
}

/** For IPv6 only global unicast (RFC 4291, 2.4), which excludes forms of IPv4 addresses such as ::7f00:1. */
const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === 'unicast' &&
  (address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3')));

const notAllowed = (why: string) =>
  new GithubFailure(
    'api_url_not_allowed',
    `Rollcall is not allowed to connect to this API address: ${why}`,
    'Use the public https address of the GitHub server, or ask the operator to set ALLOW_PRIVATE_API_URLS=true.',
  );
