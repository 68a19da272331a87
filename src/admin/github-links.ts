import { parseUrl } from '../config/parse-url.js';
import { DEMO_API_URL } from '../github/demo-github.js';
import { webAddress } from '../github/web-address.js';

/** The host where people see the GitHub behind an API address: that of github.com, of an Enterprise Server or of ghe.com. */
export function githubHost(apiUrl: string): string {
  return apiUrl === DEMO_API_URL ? 'Simulated for the demo' : new URL(webAddress(apiUrl)).host;
}

/** A person's or an organization's page on GitHub; undefined where it is not https, or not of this world. */
export function profileLink(apiUrl: string, login: string): string | undefined {
  if (apiUrl === DEMO_API_URL || parseUrl(apiUrl)?.protocol !== 'https:') return undefined;
  return `https://${githubHost(apiUrl)}/${encodeURIComponent(login)}`;
}

/** A picture from where GitHub keeps them, in the size that is shown on a fine screen; the content policy allows no other. */
export function avatarLink(apiUrl: string, avatarUrl: string): string | undefined {
  // Simulated people have ids that somebody else has on GitHub.
  if (apiUrl === DEMO_API_URL) return undefined;
  const url = parseUrl(avatarUrl);
  if (url?.origin !== 'https://avatars.githubusercontent.com') return undefined;
  url.searchParams.set('s', '80');
  return url.href;
}
