import { GithubFailure } from './github-failure.js';
import { shownMessage } from './github-words.js';
import type { Headers } from './limit-failure.js';
import type { Refusal } from './organization-policies.js';
import { serverText } from './server-text.js';

const MESSAGE = "The token does not have permission to read the organization's members.";

/** What the credential lacks after a 404, which may mean a 403: GitHub names sufficient rights. */
export function hidden(headers: Headers, cause: unknown): GithubFailure {
  const permissions = wordsOf(headers['x-accepted-github-permissions']);
  if (permissions) return missingFromFineGrained(permissions, cause);
  return missingScope(leastScope(headers['x-accepted-oauth-scopes']), cause);
}

/** What a refused credential lacks. For an unknown refusal it shows GitHub's own message. */
export function forbidden(refusal: Refusal, headers: Headers): GithubFailure {
  const { message, cause } = refusal;
  const permissions = wordsOf(headers['x-accepted-github-permissions']);
  if (/not accessible (by|via) (an )?integration/i.test(message))
    return missingFromApp(permissions, cause);
  if (/not accessible (by|via) (a )?(fine-grained )?personal access token/i.test(message))
    return missingFromFineGrained(permissions, cause);
  if (/\bscopes?\b/i.test(message) || lacksScope(headers)) return hidden(headers, cause);
  return refused(refusal);
}

function refused({ message, apiUrl, cause }: Refusal): GithubFailure {
  const words = shownMessage(message, apiUrl);
  return new GithubFailure(
    'missing_permission',
    words ? `GitHub refuses the credential: "${words}"` : MESSAGE,
    'Check the permissions of the token and the policies of the organization, or connect the organization again with another token.',
    { cause },
  );
}

/** @param scope that the classic or OAuth token lacks */
export const missingScope = (scope?: string, cause?: unknown) =>
  new GithubFailure(
    'missing_permission',
    MESSAGE,
    scope
      ? `Add the scope ${scope} to the token, or connect again with another token.`
      : 'Add the scope read:org (classic) or "Members: read" (fine-grained), or connect again with another token.',
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
    "The GitHub App does not have permission to read the organization's members.",
    `Give the App the organization permission ${permissions} in its settings, and ask an organization owner to accept it.`,
    { cause },
  );

const MEMBERS = '"Members: read"';

/** A fine-grained token may wait for this. */
export const APPROVAL =
  "The token may also be waiting for approval: an owner can approve it in the organization's settings under Personal access tokens, Pending requests.";

/** Turns `members=read` into GitHub's words: "Members: read". */
function wordsOf(accepted: Headers[string]): string | undefined {
  const pairs = serverText(accepted).matchAll(/([a-z_]+)=([a-z]+)/g);
  const words = [...pairs].map(([, name = '', right]) => `"${titled(name)}: ${right}"`);
  return words.length > 0 ? [...new Set(words)].join(' and ') : undefined;
}

const titled = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

const scopesOf = (header: Headers[string]): string[] =>
  String(header ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);

/** Whether GitHub names sufficient scopes, and the token has none of them. */
function lacksScope(headers: Headers): boolean {
  const accepted = scopesOf(headers['x-accepted-oauth-scopes']);
  const held = scopesOf(headers['x-oauth-scopes']);
  return accepted.length > 0 && !accepted.some((scope) => held.includes(scope));
}

/** The sufficient scope that allows least. */
function leastScope(accepted: Headers[string]): string | undefined {
  const scopes = scopesOf(accepted);
  return scopes.find((scope) => scope.startsWith('read:')) ?? scopes[0];
}
