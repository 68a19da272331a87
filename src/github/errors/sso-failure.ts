import { GithubFailure } from './github-failure.js';
import { ownLink } from './github-words.js';
import type { Headers } from './limit-failure.js';
import { serverText } from './server-text.js';

/** The refusal of a token that is not authorized for single sign-on; else undefined. */
export function ssoFailure(
  headers: Headers,
  apiUrl: string,
  cause: unknown,
  isSso = headers['x-github-sso'] !== undefined,
): GithubFailure | undefined {
  const sso = headers['x-github-sso'];
  if (!isSso) return undefined;
  const url = ownLink(/url=(https:\/\/[^\s;,]+)/.exec(serverText(sso))?.[1], apiUrl);
  return new GithubFailure(
    'sso_required',
    'The organization requires single sign-on. The token is not authorized for it.',
    url
      ? `Authorize the token at ${url} and then try again.`
      : 'Authorize the token for single sign-on and then try again.',
    { cause },
  );
}
