import { RequestError } from '@octokit/request-error';
import { GithubFailure } from './github-failure.js';
import { shownMessage } from './github-words.js';
import { serverText } from './server-text.js';

/** The meaning of a refused request about webhooks. Other failures stay what they are. */
export function hookFailure(failure: GithubFailure, apiUrl: string): GithubFailure {
  const { cause } = failure;
  if (!(cause instanceof RequestError)) return failure;
  if (isRefusedHook(failure)) return webhookRefused(wordsOf(cause, apiUrl), cause);
  return isLackOfRight(failure, cause) ? mayNotManage(cause) : failure;
}

/** Whether GitHub understands the request, and does not want it. */
export const isRefusedHook = ({ cause }: GithubFailure): boolean =>
  cause instanceof RequestError && cause.status === 422;

/** Tokens with scopes get a 404, as if there were no webhooks; others get a 403. A policy is also a 403. */
function isLackOfRight({ code }: GithubFailure, { status, message }: RequestError): boolean {
  if (code !== 'missing_permission') return false;
  return status === 404 || /not accessible (by|via) /i.test(serverText(message));
}

function mayNotManage(cause: RequestError): GithubFailure {
  const hasScopes = cause.response?.headers['x-oauth-scopes'] !== undefined;
  return new GithubFailure(
    'missing_permission',
    "The credential does not have permission to manage the organization's webhooks.",
    hasScopes
      ? `Add the scope admin:org_hook to the token. ${OWNER} ${BY_HAND}`
      : `Give the token or the GitHub App the organization permission "Webhooks: write", and ask an organization owner to accept it. ${BY_HAND}`,
    { cause },
  );
}

const OWNER = 'Its owner must be an owner of the organization.';

const BY_HAND =
  'Or add the webhook by hand: an organization owner can do it on GitHub, in the settings of the organization.';

const webhookRefused = (words: string, cause: unknown) =>
  new GithubFailure(
    'webhook_refused',
    `GitHub does not accept the webhook${words && `: "${words}"`}`,
    'Check that PUBLIC_URL is an https address that GitHub can reach. Then try again.',
    { cause },
  );

/** GitHub's own words, also those about each field. */
function wordsOf({ response }: RequestError, apiUrl: string): string {
  const { message, errors } = (response?.data ?? {}) as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors) ? errors.map((one) => one?.message) : [];
  const all = [message, ...details].map((one) => serverText(one)).filter(Boolean);
  return shownMessage(all.join(': '), apiUrl);
}
