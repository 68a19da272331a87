import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, fetch as guardedFetch } from 'undici';
import { GithubFailure } from './github-failure.js';

type Fetch = typeof globalThis.fetch;

/**
 * `fetch` for an API address that somebody typed: https only, and to public addresses only, judged when the connection is
 * made, so that neither a redirect nor a name that changes its mind leads into the operator's own network.
 */
export function publicFetch(apiUrl: string): Fetch {
  const { protocol, hostname } = new URL(apiUrl);
  if (protocol !== 'https:') throw notAllowed(`${apiUrl} is not an https address.`);
  refusePrivate(hostname.replace(/^\[|\]$/g, ''));
  const agent = new Agent({ connect: { lookup: publicLookup } });
  return ((url: string, init: object) =>
    guardedFetch(url, { ...init, redirect: 'error', dispatcher: agent })) as unknown as Fetch;
}

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
  if (ipaddr.isValid(address) && ipaddr.process(address).range() !== 'unicast')
    throw notAllowed(`${address} is not a public address.`);
}

const notAllowed = (why: string) =>
  new GithubFailure(
    'api_url_not_allowed',
    `Rollcall may not connect to that API address: ${why}`,
    'Use the public https address of the GitHub server, or let the operator set ALLOW_PRIVATE_API_URLS=true.',
  );
