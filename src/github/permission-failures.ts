import { GithubFailure } from './github-failure.js';
import type { Headers } from './limit-failure.js';

const MESSAGE = 'The token may not read the members of the organization.';

/** What GitHub's 403, or a 404 that stands for one, lacks: it names the rights that would do. */
export function forbidden(headers: Headers, cause: unknown): GithubFailure {
  const message = String(cause);
  const permissions = wordsOf(headers['x-accepted-github-permissions']);
  if (/by integration/i.test(message)) return missingFromApp(permissions, cause);
  if (/by personal access token/i.test(message) || permissions)
    return missingFromFineGrained(permissions, cause);
  return missingScope(leastScope(headers['x-accepted-oauth-scopes']), cause);
}

/** @param scope that a classic token or an OAuth token lacks */
export const missingScope = (scope?: string, cause?: unknown) =>
  new GithubFailure(
    'missing_permission',
    MESSAGE,
    scope
      ? `Give it the scope ${scope}, or connect again with another token.`
      : 'Give it the scope read:org (classic) or "Members: read" (fine-grained), or connect again with another token.',
    { cause },
  );

const missingFromFineGrained = (permissions = MEMBERS, cause?: unknown) =>
  new GithubFailure(
    'missing_permission',
    MESSAGE,
    `Give it the organization permission ${permissions}, with the organization as its resource owner. ${APPROVAL}`,
    { cause },
  );

const missingFromApp = (permissions = MEMBERS, cause?: unknown) =>
  new GithubFailure(
    'missing_permission',
    'The GitHub App may not read the members of the organization.',
    `Give the App the organization permission ${permissions} in its settings, and let an owner of the organization accept it.`,
    { cause },
  );

const MEMBERS = '"Members: read"';

/** What a fine-grained token may be waiting for. */
export const APPROVAL =
  "It may also wait for approval: an owner finds it in the organization's settings under Personal access tokens, Pending requests.";

/** `members=read` as GitHub's pages call it: "Members: read". */
function wordsOf(accepted: Headers[string]): string | undefined {
  const pairs = String(accepted ?? '').matchAll(/([a-z_]+)=([a-z]+)/g);
  const words = [...pairs].map(([, name = '', right]) => `"${titled(name)}: ${right}"`);
  return words.length > 0 ? [...new Set(words)].join(' and ') : undefined;
}

const titled = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

/** Of the scopes that would do, the one that allows least. */
function leastScope(accepted: Headers[string]): string | undefined {
  const scopes = String(accepted ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);
  return scopes.find((scope) => scope.startsWith('read:')) ?? scopes[0];
}
