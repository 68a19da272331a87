import { DAY_MS } from '../../platform/dates.js';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** The pause after each failed try; the last one repeats. */
const PAUSES_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
];

/** How long a message is tried: from when it was made, or from when the channel began to fail, if that is later. */
export const TRIED_FOR_MS = 3 * DAY_MS;

/** A receiver may ask for a longer pause, up to this. */
const MAX_ASKED_MS = HOUR;

/** So that receivers that were away together are not asked together. */
const MAX_JITTER = 0.1;

/**
 * When to try again; null for never.
 * @param attempts how many tries failed
 * @param since from when on it is tried
 * @param askedMs the pause that the receiver asked for by `Retry-After`
 */
export function nextTry(
  { attempts, since }: { attempts: number; since: Date },
  now: Date,
  askedMs = 0,
): Date | null {
  if (now.getTime() - since.getTime() >= TRIED_FOR_MS) return null;
  const pause = PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? HOUR;
  const longest = Math.max(pause, Math.min(askedMs, MAX_ASKED_MS));
  return new Date(now.getTime() + Math.round(longest * (1 + Math.random() * MAX_JITTER)));
}
