import { GraphqlResponseError } from '@octokit/graphql';
import { RequestError } from '@octokit/request-error';
import { appFailure } from './app-failures.js';
import { connectionFailure } from './connection-failure.js';
import { GithubFailure } from './github-failure.js';
import { invalidAnswer, isForeign, NoApi } from './invalid-answer.js';
import { type Headers, limitFailure, limitReached } from './limit-failure.js';
import { policyFailure } from './organization-policies.js';
import { forbidden, hidden, missingScope } from './permission-failures.js';
import { serverText } from './server-text.js';
import { ssoFailure } from './sso-failure.js';
import { unavailable } from './unavailable.js';

/**
 * Turns every error of Octokit or the network into a failure with a code. Only this function does so.
 * @param notFound what a 404 means for the request
 */
export function githubFailureOf(
  error: unknown,
  apiUrl: string,
  notFound?: GithubFailure,
): GithubFailure {
  if (error instanceof GithubFailure) return error;
  if (error instanceof GraphqlResponseError) return graphqlFailure(error, apiUrl);
  if (!(error instanceof RequestError) || !error.response) return connectionFailure(error, apiUrl);
  const { status, response } = error;
  const headers = response.headers as Headers;
  if (isForeign(status, headers['content-type']))
    return new NoApi(apiUrl, `${status}`, { cause: error });
  const ofApp = appFailure(error);
  if (ofApp) return ofApp;
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
    // Before the limits: a policy may refuse the last request of an hour.
    policyFailure(refusal) ??
    limitFailure(error.status, headers, error) ??
    forbidden(refusal, headers)
  );
}

/** GitHub's own message; '' if something else answered. */
function messageOf({ response }: RequestError): string {
  const { message } = (response?.data ?? {}) as { message?: unknown };
  return serverText(message);
}

/** The headers of an error's answer; none without an answer. */
export const headersOf = (error: unknown): Headers => {
  if (error instanceof RequestError) return (error.response?.headers ?? {}) as Headers;
  return error instanceof GraphqlResponseError ? (error.headers as Headers) : {};
};

interface GraphqlError {
  type?: string;
  message?: unknown;
  extensions?: { saml_failure?: boolean };
}

/** GraphQL reports failures with status 200. */
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
    unavailable('GitHub could not answer a query.', apiUrl, error)
  );
}

/** GraphQL's headers do not name the right that a field needs. */
function fieldRefusal({ message }: GraphqlError, apiUrl: string, cause: unknown): GithubFailure {
  const refusal = { message: serverText(message), apiUrl, cause };
  return policyFailure(refusal) ?? forbidden(refusal, {});
}

export const badCredentials = (cause?: unknown) =>
  new GithubFailure(
    'bad_credentials',
    'GitHub rejected the token: it is wrong, expired or revoked.',
    'Connect the organization again with a new token.',
    { cause },
  );
