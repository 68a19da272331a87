import { parseUrl } from '../../config/parse-url.js';
import { DEMO_API_URL } from '../../github/demo/demo-github.js';
import { webAddress } from '../../github/errors/web-address.js';

/** Links to the web pages of the GitHub server behind an API address. */
export interface GithubLinks {
  /** The host of github.com, an Enterprise Server or ghe.com. */
  host: string;
  /** A person's or an organization's page; undefined when the server is not https, or simulated. */
  profile(login: string): string | undefined;
  /** An avatar URL at twice the shown size. The content security policy allows no other host. */
  avatar(avatarUrl: string): string | undefined;
}

const AVATARS = 'https://avatars.githubusercontent.com/';

export function githubLinks(apiUrl: string): GithubLinks {
  // The ids of simulated people belong to real people on GitHub.
  if (apiUrl === DEMO_API_URL) return SIMULATED;
  const { host } = new URL(webAddress(apiUrl));
  const isHttps = parseUrl(apiUrl)?.protocol === 'https:';
  return {
    host,
    profile: (login) => (isHttps ? `https://${host}/${encodeURIComponent(login)}` : undefined),
    avatar: (url) => (url.startsWith(AVATARS) ? withSize(url) : undefined),
  };
}

const SIMULATED: GithubLinks = {
  host: 'Simulated for the demo',
  profile: () => undefined,
  avatar: () => undefined,
};

const withSize = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}s=80`;
