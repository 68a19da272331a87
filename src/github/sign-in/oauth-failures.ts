import { PublicError } from '../../platform/public-error.js';

/** What GitHub says when somebody was to sign in there, by its own word for it (docs: apps/oauth-apps, troubleshooting). */
export function oauthFailure(error: string, redirectUri: string): PublicError {
  if (error === 'incorrect_client_credentials')
    return failed(
      'GitHub does not accept the client id or the client secret of the App.',
      'Let the operator check GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET.',
    );
  if (error === 'redirect_uri_mismatch')
    return failed(
      'GitHub does not know the address of this server as one of the App.',
      `Let the operator add ${redirectUri} as callback URL in the settings of the App, or set PUBLIC_URL.`,
    );
  if (error === 'application_suspended')
    return failed(
      'GitHub has suspended the App.',
      'Let the operator ask GitHub why, or paste a token instead.',
    );
  return failed(
    'GitHub does not accept the sign-in: it took too long, or was used before.',
    'Choose Connect with GitHub once more.',
  );
}

/** What came back belongs to no sign-in that was begun in this session: somebody else may have sent it. */
export const unknownSignIn = () =>
  failed(
    'The answer from GitHub belongs to no sign-in that was begun here, or it took too long.',
    'Choose Connect with GitHub once more.',
  );

/** Nobody can sign in at GitHub where the operator has set up no App. */
export const signInNotConfigured = () =>
  new PublicError(
    404,
    'github_sign_in_unavailable',
    'This server is not set up for signing in at GitHub.',
    'Paste a token instead, or let the operator set GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET.',
  );

const failed = (message: string, remedy: string) =>
  new PublicError(422, 'github_sign_in_failed', message, remedy);
