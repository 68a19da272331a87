import { LimitReached } from './limit-reached.js';
import { serverText } from './server-text.js';

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
    /secondary rate|abuse/i.test(serverText(String(cause)));
  return isLimit ? limitReached(headers, cause) : undefined;
}

/** Waits as long as GitHub says, else a minute. The credential's budget makes repeated waits longer. */
export function limitReached(headers: Headers, cause: unknown): LimitReached {
  const code = isUsedUp(headers) ? 'rate_limited' : 'secondary_limited';
  const wait = Math.max(waitTold(headers) ?? MINUTE, SECOND);
  return new LimitReached(code, wait, { cause });
}

/**
 * How long GitHub says to wait, in ms: `retry-after`, else until `x-ratelimit-reset` if nothing remains. Undefined if it
 * does not say, or if the time is past. 0 is possible.
 */
export function waitTold(headers: Headers): number | undefined {
  if (headers['retry-after'] !== undefined) return retryAfter(headers);
  return isUsedUp(headers) ? untilReset(headers) : undefined;
}

/**
 * How long until the hourly limit resets, in ms; 0 for now, undefined if it is past or not told. Uses GitHub's clock from
 * the same answer, because ours may be wrong. At most an hour and a second.
 */
export function untilReset(headers: Headers): number | undefined {
  const told = Date.parse(String(headers.date));
  const now = Number.isNaN(told) ? Date.now() : told;
  const wait = Number(headers['x-ratelimit-reset']) * SECOND - now;
  // Without a numeric reset, the wait is NaN.
  if (!(wait > 0)) return wait === 0 ? 0 : undefined;
  // Both times are cut to whole seconds.
  return Math.min(wait, HOUR) + SECOND;
}

const isUsedUp = (headers: Headers): boolean => String(headers['x-ratelimit-remaining']) === '0';

/** GitHub sends seconds; a proxy may send a date instead (RFC 9110). */
function retryAfter(headers: Headers): number | undefined {
  const seconds = Number(headers['retry-after']);
  if (Number.isFinite(seconds)) return Math.min(Math.max(seconds, 0) * SECOND, HOUR);
  const wait = Date.parse(String(headers['retry-after'])) - Date.parse(String(headers.date));
  return wait > 0 ? Math.min(wait, HOUR) : undefined;
}
