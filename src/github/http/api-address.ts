import type { Dispatcher } from 'undici';
import { hostNameOf, refusePrivate } from '../../platform/outbound/public-address.js';
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
  const address = new URL(apiUrl);
  const { origin, protocol } = address;
  if (protocol !== 'https:') throw notAllowed(`${apiUrl} is not an https address.`);
  refusePrivate(hostNameOf(address), notAllowed);
  const fetch = quickFetch(dispatcher, apiUrl);
  return (async (url: string, init: RequestInit) => {
    if (new URL(url).origin !== origin) throw notAllowed(`${origin} redirects to another server.`);
    return fetch(url, init);
  }) as Fetch;
}

export const notAllowed = (why: string) =>
  new GithubFailure(
    'api_url_not_allowed',
    `Rollcall is not allowed to connect to this API address: ${why}`,
    'Use the public https address of the GitHub server, or ask the operator to set ALLOW_PRIVATE_API_URLS=true.',
  );
