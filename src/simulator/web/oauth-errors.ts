const HELP = 'https://docs.github.com/apps/managing-oauth-apps/troubleshooting';

/** In GitHub's words. */
const DESCRIPTIONS = {
  access_denied: 'The user has denied your application access.',
  bad_refresh_token: 'The refresh token passed is incorrect or expired.',
  bad_verification_code: 'The code passed is incorrect or expired.',
  incorrect_client_credentials: 'The client_id and/or client_secret passed are incorrect.',
  invalid_request: 'The code_challenge_method must be S256.',
  redirect_uri_mismatch:
    'The redirect_uri MUST match the registered callback URL for this application.',
  unsupported_grant_type: 'The grant_type is not supported.',
};

export type OAuthError = keyof typeof DESCRIPTIONS;

/** @param asked what went wrong, of the two steps of the flow */
export function oauthError(
  error: OAuthError,
  asked: 'authorization' | 'oauth-app-access-token' = 'oauth-app-access-token',
): Record<string, string> {
  const error_uri = `${HELP}-${asked}-request-errors/#${error.replaceAll('_', '-')}`;
  return { error, error_description: DESCRIPTIONS[error], error_uri };
}
