/** What can go wrong with GitHub, as a stable code that clients may rely on. */
export type GithubFailureCode =
  | 'bad_credentials'
  | 'sso_required'
  | 'missing_permission'
  | 'visibility_reduced'
  | 'organization_not_found'
  | 'organization_replaced'
  | 'rate_limited'
  | 'secondary_limited'
  | 'github_unavailable'
  | 'github_answer_invalid'
  | 'listing_incomplete'
  | 'api_url_not_allowed';

const TRY_AGAIN: ReadonlySet<GithubFailureCode> = new Set([
  'github_unavailable',
  'github_answer_invalid',
]);

/** A failure that speaks to people: what happened, and what to do next. Neither ever holds a secret. */
export class GithubFailure extends Error {
  constructor(
    readonly code: GithubFailureCode,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether the same request may succeed in a moment. */
  get isPassing(): boolean {
    return TRY_AGAIN.has(this.code);
  }
}
