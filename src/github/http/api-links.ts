/** The path of a GitHub Enterprise Server's REST API. */
const ENTERPRISE = '/api/v3';

/**
 * Moves an address from an answer to the configured API. Behind a proxy that ends TLS or has another name, a GitHub
 * Enterprise Server sends another scheme or host, and a token must not go there: only path and query are used.
 * Undefined if it is no address, or has no path of its own (`mailto:`), which would extend the host's name.
 */
export function atApi(address: string, apiUrl: string): string | undefined {
  if (!URL.canParse(address, apiUrl)) return undefined;
  const { pathname, search } = new URL(address, apiUrl);
  if (!pathname.startsWith('/')) return undefined;
  const prefix = prefixOf(pathname, apiUrl) ?? '';
  return apiUrl.replace(/\/+$/, '') + pathname.slice(prefix.length) + search;
}

/**
 * Moves a redirect to the configured API; undefined if it leads elsewhere. Another host counts as the same server only
 * if the path is that of an Enterprise Server's API.
 */
export function redirectAtApi(location: string, from: string, apiUrl: string): string | undefined {
  if (!URL.canParse(location, from)) return undefined;
  const { href, hostname, pathname } = new URL(location, from);
  const prefix = prefixOf(pathname, apiUrl);
  const isSameHost = hostname === new URL(apiUrl).hostname;
  return prefix || (prefix === '' && isSameHost) ? atApi(href, apiUrl) : undefined;
}

/** The part of a path that leads to the API; undefined if the path is not the API's. */
function prefixOf(pathname: string, apiUrl: string): string | undefined {
  const base = new URL(apiUrl).pathname.replace(/\/+$/, '');
  return [base, ENTERPRISE].find((prefix) => pathname.startsWith(`${prefix}/`));
}
