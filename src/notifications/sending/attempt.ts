import { fittingText } from '../../platform/database/fitting-text.js';

/** Of an answer, only the beginning is read and kept. */
export const MAX_ANSWER_BYTES = 1_024;

/** How a try went. */
export interface Attempt {
  isDelivered: boolean;
  /** The HTTP status, or the code of SMTP; null without an answer. */
  status: number | null;
  /** The beginning of the answer; null without an answer. */
  answer: string | null;
  /** Why it failed; null where it did not. */
  error: string | null;
  ms: number;
  /** The pause that the receiver asks for, in ms. */
  retryAfterMs?: number;
  /** Another try would fail, too. */
  isFinal?: boolean;
  /** The recipients of an email for whom this try or one before was accepted. */
  reached?: string[];
}

export type Outcome = Omit<Attempt, 'ms'>;

/** Adds how long a try took. Undefined where it was cut off because this process stops. */
export async function timed(
  outcome: Promise<Outcome>,
  closing: AbortSignal,
): Promise<Attempt | undefined> {
  const started = performance.now();
  const known = await outcome;
  if (!known.isDelivered && closing.aborted) return undefined;
  return { ...known, ms: Math.round(performance.now() - started) };
}

/** An attempt that asked nobody. */
export const notTried = (error: string): Attempt => ({
  ...{ isDelivered: false, status: null, answer: null, ms: 0 },
  error,
});

export const keptAnswer = (text: string): string => fittingText(text, MAX_ANSWER_BYTES);
