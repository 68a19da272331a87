import { GraphqlResponseError } from '@octokit/graphql';
import { RequestError } from '@octokit/request-error';
import { appFailure } from './app-failures.js';
import { GithubFailure } from './github-failure.js';
import { type Headers, limitFailure, limitReached } from './limit-failure.js';
import { policyFailure } from './organization-policies.js';
import { forbidden, hidden, missingScope } from './permission-failures.js';
import { ssoFailure } from './sso-failure.js';
import { webAddress } from './web-address.js';

/**
 * Turns whatever Octokit or the network threw into a failure with a code: the one place that does.
 * @param notFound what a 404 means for the request that was made.
 */
export function failureOf(error: unknown, apiUrl: string, notFound?: GithubFailure): GithubFailure {
  if (error instanceof GithubFailure) return error;
  if (error instanceof GraphqlResponseError) return graphqlFailure(error, apiUrl);
  if (!(error instanceof RequestError) || !error.response) return unreachable(error, apiUrl);
  const ofApp = appFailure(error);
  if (ofApp) return ofApp;
  const { status, response } = error;
  const headers = response.headers as Headers;
  if (status === 401) return badCredentials(error);
  if (status === 404 && notFound) return notFound;
  if (status >= 500) return unavailable(`GitHub answered with ${status}.`, apiUrl, error);
  if (status === 403 || status === 429) return refusalFailure(error, apiUrl);
  if (status === 404) return hidden(headers, error);
  return invalidAnswer(`GitHub refused a request with ${status}.`, error);
}

/** A 403 or 429: a policy, a limit or a missing right. */
function refusalFailure(error: RequestError, apiUrl: string): GithubFailure {
  const headers = headersOf(error);
  const refusal = { message: messageOf(error), apiUrl, cause: error };
  return (
    ssoFailure(headers, apiUrl, error) ??
    // Before the limits: the last request of an hour may be refused by a policy.
    policyFailure(refusal) ??
    limitFailure(error.status, headers, error) ??
    forbidden(refusal, headers)
  );
}

/** GitHub's own words; none where something else answered. */
function messageOf({ response }: RequestError): string {
  const { message } = (response?.data ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}

/** The headers that came with an error; none where nothing came. */
export const headersOf = (error: unknown): Headers => {
  if (error instanceof RequestError) return (error.response?.headers ?? {}) as Headers;
  return error instanceof GraphqlResponseError ? (error.headers as Headers) : {};
};

interface GraphqlError {
  type?: string;
  message?: string;
  extensions?: { saml_failure?: boolean };
}

/** GraphQL tells its failures with status 200. */
function graphqlFailure(error: GraphqlResponseError<unknown>, apiUrl: string): GithubFailure {
  const headers = headersOf(error);
  const errors = (error.errors ?? []) as GraphqlError[];
  const types = new Set(errors.map(({ type }) => type));
  if (types.has('RATE_LIMITED') || types.has('RATE_LIMIT')) return limitReached(headers, error);
  if (types.has('INSUFFICIENT_SCOPES')) return missingScope('read:user', error);
  const sso = errors.some(({ extensions }) => extensions?.saml_failure);
  const refused = errors.find(({ type }) => type === 'FORBIDDEN');
  return (
    ssoFailure(headers, apiUrl, error, sso) ??
    (refused && fieldRefusal(refused, apiUrl, error)) ??
    unavailable('GitHub could not answer a question about members.', apiUrl, error)
  );
}

/** GraphQL's headers do not name the right that a field needs. */
function fieldRefusal(
  { message = '' }: GraphqlError,
  apiUrl: string,
  cause: unknown,
): GithubFailure {
  const refusal = { message, apiUrl, cause };
  return policyFailure(refusal) ?? forbidden(refusal, {});
}

const isRedirect = (error: unknown): boolean =>
  error instanceof Error && (error.message === 'unexpected redirect' || isRedirect(error.cause));

const badCredentials = (cause: unknown) =>
  new GithubFailure(
    'bad_credentials',
    'GitHub does not accept the token: it is wrong, expired or revoked.',
    'Connect the organization again with a new token.',
    { cause },
  );

/** Nothing was answered; a refusal of our own to connect hangs on the error that Octokit makes of it. */
function unreachable(cause: unknown, apiUrl: string): GithubFailure {
  const refusal = ownRefusal(cause);
  if (refusal) return refusal;
  if (isRedirect(cause))
    return invalidAnswer('The API address leads on to another one, which is not followed.', cause);
  return unavailable(
    isTimeOut(cause) ? 'GitHub did not answer in time.' : 'GitHub could not be reached.',
    apiUrl,
    cause,
  );
}

const ownRefusal = (error: unknown): GithubFailure | undefined => {
  if (error instanceof GithubFailure) return error;
  return error instanceof Error ? ownRefusal(error.cause) : undefined;
};

/** Whether our own time-out ended the request: Octokit wraps the reason, or throws it as it is. */
export const isTimeOut = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || isTimeOut(error.cause));

/** GitHub, or the way to it, is down. @param url what was asked there */
export const unavailable = (message: string, url: string, cause?: unknown) =>
  new GithubFailure(
    'github_unavailable',
    message,
    `Nothing was lost. Try again in a few minutes; ${whoKnows(new URL(webAddress(url)).host)}`,
    { cause },
  );

const whoKnows = (host: string): string =>
  host === 'github.com'
    ? 'www.githubstatus.com tells how GitHub is.'
    : `ask whoever runs ${host} how it is.`;

/** GitHub, or something between, answered with what cannot be its answer. */
export const invalidAnswer = (message: string, cause?: unknown) =>
  new GithubFailure(
    'github_answer_invalid',
    message,
    'Nothing was lost. Try again in a few minutes; if it stays, check the API address and any proxy on the way.',
    { cause },
  );

/** Whoever answers at that address has no user to tell of, as every GitHub has. */
export const noApiThere = (apiUrl: string) =>
  new GithubFailure(
    'github_answer_invalid',
    `${apiUrl} does not seem to be the address of a GitHub API.`,
    'That of a GitHub Enterprise Server ends in /api/v3, as in https://HOST/api/v3; that of GitHub is https://api.github.com.',
  );
