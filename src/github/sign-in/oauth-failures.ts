import { PublicError } from '../../platform/public-error.js';

/** What people choose to sign in at GitHub. */
export type OauthButton = 'Connect with GitHub' | 'Sign in with GitHub';

/** What else they can do. */
const OTHERWISE: Record<OauthButton, string> = {
  'Connect with GitHub': 'paste a token instead',
  'Sign in with GitHub': 'sign in in another way',
};

interface Tried {
  redirectUri: string;
  button: OauthButton;
}

/** The failure for GitHub's error code at a sign-in (docs: apps/oauth-apps, troubleshooting). */
export function oauthFailure(error: string, { redirectUri, button }: Tried): PublicError {
  if (error === 'incorrect_client_credentials')
    return failed(
      'GitHub rejected the client ID or the client secret of the App.',
      'Ask the operator to check GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET.',
    );
  if (error === 'redirect_uri_mismatch')
    return failed(
      'The callback URL of this server is not registered in the GitHub App.',
      `Ask the operator to add ${redirectUri} as a callback URL in the App settings, or to correct PUBLIC_URL.`,
    );
  if (error === 'application_suspended')
    return failed(
      'GitHub has suspended the App.',
      `Ask the operator to contact GitHub, or ${OTHERWISE[button]}.`,
    );
  return failed(
    'GitHub rejected the sign-in: it expired or was already used.',
    `Choose ${button} again.`,
  );
}

/** The callback belongs to no sign-in of this session: an attacker may have sent it. */
export const unknownSignIn = (button: OauthButton) =>
  failed(
    'The sign-in at GitHub has expired, or it was not started here.',
    `Choose ${button} again.`,
  );

/** A sign-in at GitHub needs an App, which the operator has not set up. */
export const signInNotConfigured = () =>
  new PublicError(
    404,
    'github_sign_in_unavailable',
    'Sign-in with GitHub is not configured on this server.',
    'Paste a token instead, or ask the operator to set GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET.',
  );

const failed = (message: string, remedy: string) =>
  new PublicError(422, 'github_sign_in_failed', message, remedy);
