import { PublicError } from '../../platform/public-error.js';

export const ssoNotConfigured = () =>
  new PublicError(
    404,
    'sso_not_configured',
    'Single sign-on is not set up on this server.',
    'Sign in with your password, or ask the operator to set OIDC_ISSUER.',
  );

export const ssoUnreachable = (cause: unknown) =>
  new PublicError(
    502,
    'sso_unreachable',
    'The identity provider does not answer.',
    'Try again in a few minutes. The operator finds the reason in the log.',
    { cause },
  );

/** The answer belongs to no sign-in of this session: somebody else may have sent it. */
export const ssoExpired = (cause?: unknown) =>
  new PublicError(
    422,
    'sso_expired',
    'The sign-in has expired, or it was not started here.',
    'Choose Sign in with single sign-on again.',
    { cause },
  );

export const ssoAnswerWrong = (cause: unknown) =>
  new PublicError(
    422,
    'sso_answer_wrong',
    "The identity provider's answer is not for this sign-in.",
    'Sign in again. If it happens each time, ask the operator to check OIDC_ISSUER, OIDC_CLIENT_ID and the clock of the server.',
    { cause },
  );

export const ssoCancelled = (cause: unknown) =>
  new PublicError(
    422,
    'sso_cancelled',
    'The sign-in was cancelled at the identity provider.',
    'Choose Sign in with single sign-on to try again.',
    { cause },
  );

export const ssoRefused = (cause: unknown) =>
  new PublicError(
    422,
    'sso_refused',
    'The identity provider refused the sign-in.',
    'Ask the operator to check the settings of Rollcall at the provider, and OIDC_CLIENT_SECRET. The log has the reason.',
    { cause },
  );

export const emailUnverified = () =>
  new PublicError(
    403,
    'sso_email_unverified',
    'The identity provider does not say that your email address is verified.',
    'Verify your email address at the provider, then sign in again.',
  );

export const domainNotAllowed = () =>
  new PublicError(
    403,
    'sso_domain_not_allowed',
    'People with an email address of this domain may not sign in.',
    'Sign in with an account of your organization, or ask the operator to add the domain to OIDC_ALLOWED_DOMAINS.',
  );

export const githubNotAMember = () =>
  new PublicError(
    403,
    'github_not_a_member',
    'You are not an active member of any GitHub organization that is connected here.',
    'Accept the invitation to your organization at GitHub first. If you are a member, ask an owner whether the GitHub App of Rollcall is installed there.',
  );

export const githubSignInOff = () =>
  new PublicError(
    404,
    'github_sign_in_off',
    'People cannot sign in with GitHub on this server.',
    'Sign in in another way, or ask the operator to set up a GitHub App.',
  );

export const githubDeclined = () =>
  new PublicError(
    422,
    'github_sign_in_declined',
    'You declined at GitHub, so nobody was signed in.',
    'Choose Sign in with GitHub to try again.',
  );

export const emailTaken = () =>
  new PublicError(
    403,
    'sso_email_taken',
    'The user with your email address belongs to another account of the identity provider.',
    'Ask the operator: the address may have belonged to somebody else before.',
  );
