import { parseUrl } from '../../config/parse-url.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import type { NewCredential } from '../connections/github-credentials.js';

/** What is shown GitHub: a token that was typed or that somebody signed in for, or an installation of the GitHub App. */
export type OfferedCredential =
  | { token: string; kind?: 'token' | 'oauth' }
  | { installationId: number };

export type ConnectRequest = OfferedCredential & {
  teamId: number;
  /** As somebody named it: see `readOrganizationName`. */
  organization: string;
  /** GitHub's own where undefined. */
  apiUrl?: string;
  /** Whether to keep only those who show their membership to all. */
  publicOnly?: boolean;
};

/** @throws GithubFailure for what cannot be a token */
export function credentialOf(offered: OfferedCredential): NewCredential {
  if ('installationId' in offered)
    return { kind: 'installation', secret: String(offered.installationId) };
  const token = offered.token.trim();
  if (!token) throw emptyToken();
  if (!PRINTABLE.test(token)) throw brokenToken();
  return { kind: offered.kind ?? 'token', secret: token };
}

/** @throws GithubFailure where it is no address, or holds more than one: a password in it would be shown to the team */
export function addressOf(apiUrl: string): string {
  const url = parseUrl(apiUrl.trim());
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (isWeb && url.href === url.origin + url.pathname) return url.href.replace(/\/+$/, '');
  throw new GithubFailure(
    'api_url_not_allowed',
    'The API address must be a plain URL without user, query or fragment.',
    'Use https://api.github.com, or https://HOST/api/v3 for a GitHub Enterprise Server.',
  );
}

/** Anything else cannot stand in a header. */
const PRINTABLE = /^[\x21-\x7e]+$/;

const brokenToken = () =>
  new GithubFailure(
    'bad_credentials',
    'The token contains a space or an invalid character.',
    'Copy it from GitHub again.',
  );

const emptyToken = () =>
  new GithubFailure(
    'bad_credentials',
    'The token is empty.',
    'Paste a GitHub personal access token: classic with the scope read:org, or fine-grained with "Members: read".',
  );
