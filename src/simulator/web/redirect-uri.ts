import type { OAuthClient } from '../apps/app.js';

/**
 * Where to send somebody back to: what was asked for, where the client registered it, or the first that it registered.
 * Undefined for a foreign address. Source: GitHub's pages on authorizing OAuth apps and on callback URLs.
 */
export function redirectUri(client: OAuthClient, asked: string | null): string | undefined {
  if (asked === null) return client.callbackUrls[0];
  return client.callbackUrls.some((one) => isCovered(asked, one, client.kind)) ? asked : undefined;
}

/** An OAuth App's callback covers what lies below it; a GitHub App's only itself. */
function isCovered(asked: string, registered: string, kind: OAuthClient['kind']): boolean {
  if (!URL.canParse(asked)) return false;
  const [one, other] = [new URL(asked), new URL(registered)];
  if (one.protocol !== other.protocol || !isSameHost(one, other)) return false;
  if (one.pathname === other.pathname) return kind === 'oauth-app' || one.search === other.search;
  return kind === 'oauth-app' && one.pathname.startsWith(other.pathname.replace(/\/?$/, '/'));
}

/** Any port will do on the loopback address, where programs take the one that is free. */
function isSameHost(one: URL, other: URL): boolean {
  const isLoopback = ['127.0.0.1', '[::1]'].includes(one.hostname);
  return one.hostname === other.hostname && (isLoopback || one.port === other.port);
}
