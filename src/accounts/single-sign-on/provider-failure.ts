import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { PublicError } from '../../platform/public-error.js';
import {
  ssoAnswerWrong,
  ssoCancelled,
  ssoExpired,
  ssoRefused,
  ssoUnreachable,
} from './sso-failures.js';

/** An answer that comes from no identity provider, such as the error page of a proxy. */
const NO_ANSWER = new Set([
  'OAUTH_PARSE_ERROR',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
]);

/** What a failed request to the provider, or its answer, means for the person who signs in. */
export function providerFailure(error: unknown): PublicError {
  const told = publicErrorIn(error);
  if (told) return told;
  if (error instanceof AuthorizationResponseError)
    return error.error === 'access_denied' ? ssoCancelled(error) : ssoRefused(error);
  if (error instanceof ResponseBodyError) return refusalOf(error);
  if (error instanceof WWWAuthenticateChallengeError) return ssoExpired(error);
  if (error instanceof ClientError)
    return NO_ANSWER.has(error.code ?? '') ? ssoUnreachable(error) : ssoAnswerWrong(error);
  throw error;
}

function refusalOf(error: ResponseBodyError): PublicError {
  if (error.status >= 500 || error.status === 429) return ssoUnreachable(error);
  return error.error === 'invalid_grant' ? ssoExpired(error) : ssoRefused(error);
}

/** Where a request failed, our `fetch` throws a `PublicError`, which the library wraps. */
function publicErrorIn(error: unknown): PublicError | undefined {
  if (error instanceof PublicError) return error;
  return error instanceof Error && error.cause ? publicErrorIn(error.cause) : undefined;
}

/** For the log, without what the errors hold of answers: tokens may be in them. */
export function reasonsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, error: word } = error as { code?: string; error?: string };
  const own = [error.message, code, word].filter((part) => typeof part === 'string').join(' ');
  const cause = reasonsOf(error.cause);
  return cause ? `${own}: ${cause}` : own;
}
