import type { Response } from 'express';
import type { Config } from '../../config/config.js';
import { PublicError } from '../../platform/public-error.js';

interface Shown {
  email?: string;
  /** Where to go after the sign-in. */
  next?: string;
  error?: PublicError;
}

/** Where people are after the sign-in, if they did not want another page: the team's overview. */
export const START = '/';

/** What the sign-in page shows. */
export function signInPage(config: Config, { email, next, error }: Shown) {
  const { oidc, githubSignIn, passwordSignIn } = config;
  const query = next ? `?next=${encodeURIComponent(next)}` : '';
  return {
    title: 'Sign in',
    ...{ email, next },
    passwords: passwordSignIn,
    singleSignOn: oidc && `/sign-in/oidc${query}`,
    github: githubSignIn && `/sign-in/github${query}`,
    error: error && { message: error.message, remedy: error.remedy },
  };
}

/** Shows an error for people on the sign-in page. @throws any other error */
export function refuseSignIn(
  response: Response,
  config: Config,
  { error, next }: { error: unknown; next?: string },
): void {
  if (!(error instanceof PublicError)) throw error;
  response.status(error.status);
  response.render('sign-in/sign-in', signInPage(config, { next, error }));
}
