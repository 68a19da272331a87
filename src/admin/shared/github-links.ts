import { parseUrl } from '../../config/parse-url.js';
import { DEMO_API_URL } from '../../github/demo/demo-github.js';
import { webAddress } from '../../github/errors/web-address.js';

/** Where people see what is on the GitHub behind an API address. */
export interface GithubLinks {
  /** Of github.com, of an Enterprise Server or of ghe.com. */
  host: string;
  /** A person's or an organization's page; undefined where it is not https, or not of this world. */
  profile(login: string): string | undefined;
  /** A picture from where GitHub keeps them, in the size that is shown on a fine screen; the content policy allows no other. */
  avatar(avatarUrl: string): string | undefined;
}

const AVATARS = 'https://avatars.githubusercontent.com/';

export function githubLinks(apiUrl: string): GithubLinks {
  // Simulated people have ids that somebody else has on GitHub.
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
