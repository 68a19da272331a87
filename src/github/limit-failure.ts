import { LimitReached } from './limit-reached.js';

export type Headers = Record<string, string | number | undefined>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A 403 or 429 that is a rate limit, else undefined (docs: rest/using-the-rest-api/rate-limits-for-the-rest-api). */
export function limitFailure(
  status: number,
  headers: Headers,
  cause: unknown,
): LimitReached | undefined {
  const isLimit =
    status === 429 ||
    isUsedUp(headers) ||
    headers['retry-after'] !== undefined ||
    /secondary rate|abuse/i.test(String(cause));
  return isLimit ? limitReached(headers, cause) : undefined;
}

/**
 * How long to wait, in GitHub's order: `retry-after`, else until `x-ratelimit-reset` where nothing remains, else a minute,
 * which the credential's budget lets grow.
 */
export function limitReached(headers: Headers, cause: unknown): LimitReached {
  const code = isUsedUp(headers) ? 'rate_limited' : 'secondary_limited';
  const wait = retryAfter(headers) ?? (isUsedUp(headers) ? untilReset(headers) : MINUTE);
  return new LimitReached(code, wait, { cause });
}

/** Whether GitHub says itself how long to wait. */
export const saysHowLong = (headers: Headers): boolean =>
  retryAfter(headers) !== undefined || isUsedUp(headers);

/**
 * Until the hour's requests are given anew, in ms: by GitHub's own clock, which stands in the same answer, because ours may
 * be off. Never nothing, and never much more than the hour that there is.
 */
export function untilReset(headers: Headers): number {
  const told = Date.parse(String(headers.date));
  const now = Number.isNaN(told) ? Date.now() : told;
  // Both are cut to whole seconds.
  const wait = Number(headers['x-ratelimit-reset']) * SECOND - now + SECOND;
  return wait > 0 ? Math.min(wait, HOUR + SECOND) : MINUTE;
}

const isUsedUp = (headers: Headers): boolean => String(headers['x-ratelimit-remaining']) === '0';

/** Seconds, as GitHub sends it; a proxy on the way may send a date instead (RFC 9110). */
function retryAfter(headers: Headers): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.min(Math.max(seconds, 1) * SECOND, HOUR);
  const wait = Date.parse(String(value)) - Date.parse(String(headers.date));
  return wait > 0 ? Math.min(wait, HOUR) : MINUTE;
}
