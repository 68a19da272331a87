import { type Dispatcher, request } from 'undici';
import { NoApi } from '../errors/invalid-answer.js';
import { redirectAtApi } from './api-links.js';

type Fetch = typeof globalThis.fetch;

/** GitHub sometimes redirects, and clients must follow (docs: rest/using-the-rest-api/best-practices, "redirects"). */
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The part of `fetch` that Octokit uses, at half the cost: web streams take most of its time, and our answers are read
 * whole. It requests only the API address, also after a redirect, so that the token goes nowhere else.
 */
export function quickFetch(dispatcher: Dispatcher, apiUrl: string): Fetch {
  const { origin } = new URL(apiUrl);
  return (async (url: string, init: RequestInit) => {
    let address = url;
    for (let redirects = 0; ; redirects++) {
      if (new URL(address).origin !== origin) throw notAsked(apiUrl, address);
      const answer = await ask(dispatcher, address, init);
      const text = await answer.body.text();
      if (!REDIRECTS.has(answer.statusCode)) return presented(address, answer, text);
      const location = answer.headers.location?.toString() ?? '';
      const next = location && redirectAtApi(location, address, apiUrl);
      if (!next || init.method !== 'GET' || redirects === MAX_REDIRECTS)
        throw notFollowed(apiUrl, location);
      address = next;
    }
  }) as unknown as Fetch;
}

const ask = (
  dispatcher: Dispatcher,
  url: string,
  { method, headers, body, signal }: RequestInit,
): Promise<Dispatcher.ResponseData> =>
  request(url, {
    method: method as 'GET' | 'POST',
    headers: headers as Record<string, string>,
    body: body as string,
    signal,
    dispatcher,
  });

const presented = (url: string, answer: Dispatcher.ResponseData, text: string) => ({
  status: answer.statusCode,
  url,
  headers: headersOf(answer.headers),
  body: text,
  text: async () => text,
  arrayBuffer: async () => new TextEncoder().encode(text).buffer,
});

function headersOf(headers: Record<string, string | string[] | undefined>): Map<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return new Map(entries);
}

const notAsked = (apiUrl: string, address: string): NoApi =>
  new NoApi(apiUrl, `a link to ${new URL(address).host}, which is not followed`, {
    isPassing: false,
  });

function notFollowed(apiUrl: string, location: string): NoApi {
  const host = URL.canParse(location) ? new URL(location).host : 'another page';
  return new NoApi(apiUrl, `a redirect to ${host}, which is not followed`, { isPassing: false });
}
