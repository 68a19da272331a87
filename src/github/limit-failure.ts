import { GithubFailure } from './github-failure.js';

type Headers = Record<string, string | number | undefined>;

/** A 403 or 429 that is a rate limit, else undefined (docs: rest/using-the-rest-api/rate-limits-for-the-rest-api). */
export function limitFailure(
  status: number,
  headers: Headers,
  cause: unknown,
): GithubFailure | undefined {
  if (String(headers['x-ratelimit-remaining']) === '0') return rateLimited(headers, cause);
  const secondary =
    status === 429 ||
    headers['retry-after'] !== undefined ||
    /secondary rate|abuse/i.test(String(cause));
  return secondary ? secondaryLimited(cause) : undefined;
}

/** The hour's requests are spent; `x-ratelimit-reset` tells, in seconds since 1970, when they are given anew. */
export function rateLimited(headers: Headers, cause: unknown): GithubFailure {
  const reset = Number(headers['x-ratelimit-reset']);
  const when = Number.isFinite(reset) ? ` at ${new Date(reset * 1000).toISOString()}` : '';
  return new GithubFailure(
    'rate_limited',
    "The token's hourly limit at GitHub is used up.",
    `GitHub gives it anew${when || ' within the hour'}. Sync again then.`,
    { cause },
  );
}

const secondaryLimited = (cause: unknown) =>
  new GithubFailure(
    'secondary_limited',
    'GitHub asks this token to slow down.',
    'Sync again in a few minutes.',
    { cause },
  );
