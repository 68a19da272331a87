import { Agent, interceptors, request } from 'undici';
import { MOST_BYTES } from './api-address.js';

type Fetch = typeof globalThis.fetch;

/** GitHub moves an address now and then, and asks to be followed (docs: rest/using-the-rest-api/best-practices, "redirects"). */
const agent = new Agent({ maxResponseSize: MOST_BYTES }).compose(
  interceptors.redirect({ maxRedirections: 3 }),
);

/**
 * As much of `fetch` as Octokit uses, at half the cost: the web's streams take most of its time, and our answers are read
 * whole. Undici leaves the token behind where a redirect leads to another host.
 */
export const quickFetch = (async (url: string, { method, headers, body, signal }: RequestInit) => {
  const answer = await request(url, {
    method: method as 'GET' | 'POST',
    headers: headers as Record<string, string>,
    body: body as string,
    signal,
    dispatcher: agent,
  });
  const text = await answer.body.text();
  return {
    status: answer.statusCode,
    url,
    headers: headersOf(answer.headers),
    body: text,
    text: async () => text,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  };
}) as unknown as Fetch;

function headersOf(headers: Record<string, string | string[] | undefined>): Map<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return new Map(entries);
}
