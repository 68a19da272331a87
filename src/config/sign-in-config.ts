import { ConfigError } from './config-error.js';
import { flag, wholeNumber } from './values.js';

/** How people may sign in. */
export interface SignInConfig {
  /** Undefined where people may not sign in with GitHub. */
  githubSignIn: GithubSignInConfig | undefined;
  /** Whether people may sign in with a password. */
  passwordSignIn: boolean;
  /** How often a provider is asked whether a person whom it signed in may still sign in. */
  recheckMinutes: number;
}

interface GithubSignInConfig {
  /** Whether owners of an organization are admins of the teams that connected it. */
  ownersAreAdmins: boolean;
}

/** In minutes. */
const DEFAULT_RECHECK = 15;

export const signInVariables = {
  GITHUB_SIGN_IN: flag.default(true),
  GITHUB_OWNERS_ARE_ADMINS: flag.default(false),
  OIDC_RECHECK_MINUTES: wholeNumber(1, 1_440).optional(),
  PASSWORD_SIGN_IN: flag.default(true),
};

interface Variables {
  GITHUB_SIGN_IN: boolean;
  GITHUB_OWNERS_ARE_ADMINS: boolean;
  OIDC_RECHECK_MINUTES?: number;
  PASSWORD_SIGN_IN: boolean;
}

/** What is set up to sign in with. */
interface Providers {
  hasGithubApp: boolean;
  hasOidc: boolean;
}

/** @throws ConfigError for a setting of a way to sign in that is off, and where nobody could sign in */
export function signInConfig(env: Variables, { hasGithubApp, hasOidc }: Providers): SignInConfig {
  const hasGithub = hasGithubApp && env.GITHUB_SIGN_IN;
  if (env.GITHUB_OWNERS_ARE_ADMINS && !hasGithub)
    throw new ConfigError(
      'GITHUB_OWNERS_ARE_ADMINS',
      'can be true only when people sign in with a GitHub App: set GITHUB_APP_ID, and not GITHUB_SIGN_IN=false',
    );
  if (env.OIDC_RECHECK_MINUTES !== undefined && !hasOidc && !hasGithub)
    throw new ConfigError(
      'OIDC_ISSUER',
      'must be set when OIDC_RECHECK_MINUTES is set and nobody signs in with a GitHub App; or unset OIDC_RECHECK_MINUTES',
    );
  if (!env.PASSWORD_SIGN_IN && !hasOidc && !hasGithub)
    throw new ConfigError(
      'PASSWORD_SIGN_IN',
      'can be false only when OIDC_ISSUER or GITHUB_APP_ID is set, because nobody could sign in; or unset PASSWORD_SIGN_IN',
    );
  return {
    githubSignIn: hasGithub ? { ownersAreAdmins: env.GITHUB_OWNERS_ARE_ADMINS } : undefined,
    passwordSignIn: env.PASSWORD_SIGN_IN,
    recheckMinutes: env.OIDC_RECHECK_MINUTES ?? DEFAULT_RECHECK,
  };
}
