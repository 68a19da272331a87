import { parseUrl } from '../../config/parse-url.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import type { NewCredential } from '../connections/github-credentials.js';

/** The credential to store: a token that was typed or comes from a sign-in, or an installation of the GitHub App. */
export type OfferedCredential =
  | { token: string; kind?: 'token' | 'oauth' }
  | { installationId: number };

export type ConnectRequest = OfferedCredential & {
  teamId: number;
  /** As a person typed it: see `readOrganizationName`. */
  organization: string;
  /** The configured one if undefined. */
  apiUrl?: string;
  /** Whether to keep public members only. */
  publicOnly?: boolean;
};

/** @throws GithubFailure if it cannot be a token */
export function credentialOf(offered: OfferedCredential): NewCredential {
  if ('installationId' in offered)
    return { kind: 'installation', secret: String(offered.installationId) };
  const token = offered.token.trim();
  if (!token) throw emptyToken();
  if (!PRINTABLE.test(token)) throw brokenToken();
  return { kind: offered.kind ?? 'token', secret: token };
}

/** @throws GithubFailure if it is no plain address: the team would see a password in it */
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

/** A header cannot have other characters. */
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
