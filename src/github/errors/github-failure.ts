import { PublicError } from '../../platform/public-error.js';

/** Every failure with GitHub, as a stable code that clients may rely on. */
export type GithubFailureCode =
  | 'bad_credentials'
  | 'sso_required'
  | 'missing_permission'
  | 'visibility_reduced'
  | 'organization_not_found'
  | 'organization_replaced'
  | 'ip_not_allowed'
  | 'classic_token_forbidden'
  | 'token_lifetime_forbidden'
  | 'oauth_app_restricted'
  | 'account_suspended'
  | 'rate_limited'
  | 'secondary_limited'
  | 'certificate_not_trusted'
  | 'host_not_found'
  | 'proxy_refused'
  | 'github_unavailable'
  | 'github_answer_invalid'
  | 'listing_incomplete'
  | 'answers_contradict'
  | 'too_many_members'
  | 'webhook_refused'
  | 'api_url_not_allowed';

const TRY_AGAIN: ReadonlySet<GithubFailureCode> = new Set([
  'github_unavailable',
  'github_answer_invalid',
]);

/** The HTTP status of our answer for each code. The caller can correct the others: 422. */
const STATUS: Partial<Record<GithubFailureCode, number>> = {
  certificate_not_trusted: 502,
  host_not_found: 502,
  proxy_refused: 502,
  github_unavailable: 502,
  github_answer_invalid: 502,
  rate_limited: 503,
  secondary_limited: 503,
};

/** A failure of GitHub, or of a credential's rights there. */
export class GithubFailure extends PublicError {
  declare readonly code: GithubFailureCode;

  /** Whether the same request may succeed in a moment. */
  readonly isPassing: boolean;

  constructor(
    code: GithubFailureCode,
    message: string,
    remedy: string,
    options: ErrorOptions & { isPassing?: boolean } = {},
  ) {
    super(STATUS[code] ?? 422, code, message, remedy, options);
    this.isPassing = options.isPassing ?? TRY_AGAIN.has(code);
  }
}
