import { PublicError } from '../../platform/public-error.js';
import { SignInRequired } from '../sessions/sign-in-required.js';

/** Why a session of single sign-on ended before it expired. The sign-in page says it. */
const ENDS = [
  new PublicError(
    401,
    'sso_session_refused',
    'The identity provider no longer lets you in, so your session has ended.',
    'Sign in again. If the provider refuses it, ask the people who manage your account there.',
  ),
  new PublicError(
    401,
    'sso_session_unchecked',
    'The identity provider did not answer for too long, so your session has ended.',
    'Sign in again when the provider answers, or ask the operator for a sign-in link.',
  ),
  new PublicError(
    401,
    'sso_session_over',
    'You are no longer signed in at the identity provider, so your session has ended.',
    'Sign in again to continue.',
  ),
];

export type SsoSessionEnd = 'sso_session_refused' | 'sso_session_unchecked' | 'sso_session_over';

/** The words for a code; undefined for any other text. */
export const ssoSessionEnd = (code: string): PublicError | undefined =>
  ENDS.find((end) => end.code === code);

export class SsoSessionEnded extends SignInRequired {
  constructor(reason: SsoSessionEnd, next?: string) {
    super('/sign-in', reason, next);
  }
}

/** The provider gave no refresh token, so the browser asks it, without a question to the person. */
export class RenewalRequired extends SignInRequired {
  constructor() {
    super('/sign-in/oidc/renew');
  }
}
