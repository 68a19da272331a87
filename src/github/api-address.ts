import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher, fetch as guardedFetch } from 'undici';
import { GithubFailure } from './github-failure.js';

type Fetch = typeof globalThis.fetch;

/** A hundred people with everything that GitHub tells of them are less than a tenth of that. */
export const MOST_BYTES = 8 * 2 ** 20;

/**
 * `fetch` for an API address that somebody typed: https only, and to public addresses only, judged when the connection is
 * made, so that neither a redirect nor a name that changes its mind leads into the operator's own network.
 * @throws GithubFailure `api_url_not_allowed`
 */
export function publicFetch(apiUrl: string, dispatcher: Dispatcher = publicAgent()): Fetch {
  const { origin, protocol, hostname } = new URL(apiUrl);
  if (protocol !== 'https:') throw notAllowed(`${apiUrl} is not an https address.`);
  refusePrivate(hostname.replace(/^\[|\]$/g, ''));
  return (async (url: string, init: object) => {
    // An address in numbers is connected to without a lookup.
    if (new URL(url).origin !== origin) throw notAllowed(`${origin} leads to another server.`);
    return guardedFetch(url, { ...init, redirect: 'error', dispatcher });
  }) as unknown as Fetch;
}

const publicAgent = () =>
  new Agent({ connect: { lookup: publicLookup }, maxResponseSize: MOST_BYTES });

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 4);
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
};

function refusePrivate(address: string): void {
  if (ipaddr.isValid(address) && !isPublic(ipaddr.process(address)))
    throw notAllowed(`${address} is not a public address.`);
}

/** Of IPv6 only what is given out to the world (RFC 4291, 2.4), which leaves out forms of IPv4 addresses such as ::7f00:1. */
const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === 'unicast' &&
  (address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3')));

const notAllowed = (why: string) =>
  new GithubFailure(
    'api_url_not_allowed',
    `Rollcall may not connect to that API address: ${why}`,
    'Use the public https address of the GitHub server, or let the operator set ALLOW_PRIVATE_API_URLS=true.',
  );
