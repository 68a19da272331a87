import { GraphqlResponseError } from '@octokit/graphql';
import { RequestError } from '@octokit/request-error';
import { GithubFailure } from './github-failure.js';
import { isTimeOut } from './unavailable.js';

/** Whether a query was too large: GitHub stopped after its 10 s, or we after ours, or it refused the query's cost. */
export function isTooMuch(failure: unknown): boolean {
  if (!(failure instanceof GithubFailure) || failure.code !== 'github_unavailable') return false;
  const { cause } = failure;
  if (cause instanceof GraphqlResponseError) return true;
  if (!(cause instanceof RequestError)) return false;
  return cause.response ? [502, 504].includes(cause.status) : isTimeOut(cause);
}

/** Whether GitHub refused a query's cost before it began; a pause does not help. */
export const isOverResourceLimits = (failure: unknown): boolean =>
  failure instanceof GithubFailure &&
  failure.cause instanceof GraphqlResponseError &&
  ((failure.cause.errors ?? []) as { type?: string }[]).some(
    ({ type }) => type === 'RESOURCE_LIMITS_EXCEEDED',
  );
