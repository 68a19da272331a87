import { PublicError } from '../../platform/public-error.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

const DAY_MS = 24 * 3_600_000;

/**
 * A part of the log: from the beginning of `since`, to the end of `until` where it is a date.
 * @throws PublicError `period_invalid`
 */
export const auditPeriod = ({ since, until }: { since?: string; until?: string }) => ({
  since: since ? momentOf(since) : undefined,
  until: until ? new Date(momentOf(until).getTime() + (DATE.test(until) ? DAY_MS : 0)) : undefined,
});

function momentOf(text: string): Date {
  const moment = new Date(text);
  const isReal =
    !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text.slice(0, 10));
  if ((DATE.test(text) || TIME.test(text)) && isReal) return moment;
  throw periodInvalid(text);
}

const periodInvalid = (text: string) =>
  new PublicError(
    422,
    'period_invalid',
    `'${text}' is not a date.`,
    'Use a date such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z, in UTC.',
  );
