import { RequestError } from '@octokit/request-error';
import { GithubFailure } from './github-failure.js';
import { limitFailure } from './limit-failure.js';

type Headers = Record<string, string | number | undefined>;

/**
 * Turns whatever Octokit or the network threw into a failure with a code: the one place that does.
 * @param notFound what a 404 means for the request that was made.
 */
export function failureOf(error: unknown, notFound?: GithubFailure): GithubFailure {
  if (error instanceof GithubFailure) return error;
  if (!(error instanceof RequestError) || !error.response) return unreachable(error);
  const { status, response } = error;
  const headers = response.headers as Headers;
  if (status === 401) return badCredentials(error);
  if (status === 404 && notFound) return notFound;
  if (status >= 500) return unavailable(`GitHub answered with ${status}.`, error);
  if (status === 403 || status === 429)
    return (
      ssoFailure(headers, error) ??
      limitFailure(status, headers, error) ??
      forbidden(headers, error)
    );
  if (status === 404) return forbidden(headers, error);
  return invalidAnswer(`GitHub refused a request with ${status}.`, error);
}

const badCredentials = (cause: unknown) =>
  new GithubFailure(
    'bad_credentials',
    'GitHub does not accept the token: it is wrong, expired or revoked.',
    'Connect the organization again with a new token.',
    { cause },
  );

const unreachable = (cause: unknown) => unavailable('GitHub could not be reached.', cause);

/** GitHub, or the way to it, is down. */
export const unavailable = (message: string, cause?: unknown) =>
  new GithubFailure(
    'github_unavailable',
    message,
    'Nothing was lost. Try again in a few minutes; www.githubstatus.com tells how GitHub is.',
    { cause },
  );

/** GitHub, or something between, answered with what cannot be its answer. */
export const invalidAnswer = (message: string, cause?: unknown) =>
  new GithubFailure(
    'github_answer_invalid',
    message,
    'Nothing was lost. Try again in a few minutes; if it stays, check the API address and any proxy on the way.',
    { cause },
  );

function ssoFailure(headers: Headers, cause: unknown): GithubFailure | undefined {
  const sso = headers['x-github-sso'];
  if (sso === undefined) return undefined;
  const url = /url=(https:\/\/[^\s;,]+)/.exec(String(sso))?.[1];
  return new GithubFailure(
    'sso_required',
    'The organization requires single sign-on, and the token has not been authorized for it.',
    url
      ? `Authorize the token at ${url} and sync again.`
      : 'Authorize the token for single sign-on and sync again.',
    { cause },
  );
}

function forbidden(headers: Headers, cause: unknown): GithubFailure {
  const accepted = headers['x-accepted-oauth-scopes'] || headers['x-accepted-github-permissions'];
  return missingPermission(accepted ? String(accepted) : undefined, cause);
}

/** The token lacks a right; `accepted` are GitHub's words for those that would do. */
export const missingPermission = (accepted?: string, cause?: unknown) =>
  new GithubFailure(
    'missing_permission',
    'The token may not read the members of the organization.',
    `Give it ${accepted ? `one of these rights: ${accepted}` : 'the scope read:org (classic) or "Members: read" (fine-grained)'}, or connect again with another token.`,
    { cause },
  );
