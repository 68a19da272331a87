/** Where a GitHub Enterprise Server has its REST API. */
const ENTERPRISE = '/api/v3';

/**
 * The address at the configured API for an address that an answer names. Behind a proxy that ends TLS or has another name, a
 * GitHub Enterprise Server names another scheme or host, and a token must not go there: only path and query are used.
 * Undefined for what is no address, and for one without a path of its own (`mailto:`), which would lengthen the host's name.
 */
export function atApi(address: string, apiUrl: string): string | undefined {
  if (!URL.canParse(address, apiUrl)) return undefined;
  const { pathname, search } = new URL(address, apiUrl);
  if (!pathname.startsWith('/')) return undefined;
  const prefix = prefixOf(pathname, apiUrl) ?? '';
  return apiUrl.replace(/\/+$/, '') + pathname.slice(prefix.length) + search;
}

/**
 * The address at the configured API for a redirect; undefined where it leads elsewhere. Another host is taken for the same
 * server only where the path is that of an Enterprise Server's API.
 */
export function redirectAtApi(location: string, from: string, apiUrl: string): string | undefined {
  if (!URL.canParse(location, from)) return undefined;
  const { href, hostname, pathname } = new URL(location, from);
  const prefix = prefixOf(pathname, apiUrl);
  const isSameHost = hostname === new URL(apiUrl).hostname;
  return prefix || (prefix === '' && isSameHost) ? atApi(href, apiUrl) : undefined;
}

/** The part of a path that leads to the API; undefined where the path leads to something else. */
function prefixOf(pathname: string, apiUrl: string): string | undefined {
  const base = new URL(apiUrl).pathname.replace(/\/+$/, '');
  return [base, ENTERPRISE].find((prefix) => pathname.startsWith(`${prefix}/`));
}
