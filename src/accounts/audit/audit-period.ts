import { DAY_MS, isDay } from '../../platform/dates.js';
import { PublicError } from '../../platform/public-error.js';

/** The zone is always UTC. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

/**
 * The first and the last moment of a part of the log: from the beginning of the day `since`, or that time, to the end of
 * the day `until`, or the last moment before that time.
 * @throws PublicError `period_invalid`
 */
export const auditPeriod = ({ since, until }: { since?: string; until?: string }) => ({
  since: since ? momentOf(since) : undefined,
  until: until ? new Date(momentOf(until).getTime() + (isDay(until) ? DAY_MS : 0) - 1) : undefined,
});

function momentOf(text: string): Date {
  const moment = new Date(text);
  const isRead = isDay(text) || (TIME.test(text) && isDay(text.slice(0, 10)));
  if (isRead && !Number.isNaN(moment.getTime())) return moment;
  throw periodInvalid(text);
}

const periodInvalid = (text: string) =>
  new PublicError(
    422,
    'period_invalid',
    `'${text}' is not a date.`,
    'Use a date such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z, in UTC.',
  );
