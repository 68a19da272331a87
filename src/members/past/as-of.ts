import { isDay } from '../../platform/dates.js';
import { PublicError } from '../../platform/public-error.js';
import { utcTime } from '../../platform/utc-time.js';
import type { MemberChange } from '../changes/member-change.entity.js';
import type { ShownMember } from '../listing/member-query.js';
import { nameKeys } from '../writing/name-keys.js';

/** The directory before `changes`, which come newest first. Pure. */
export function directoryBefore<T extends ShownMember>(
  members: T[],
  changes: Pick<MemberChange, 'githubId' | 'before'>[],
): T[] {
  const roster = new Map(members.map((member) => [member.githubId, { ...member }]));
  for (const { githubId, before } of changes) {
    const member = roster.get(githubId);
    if (before === null) roster.delete(githubId);
    else if (member) Object.assign(member, before);
  }
  for (const member of roster.values()) {
    member.loginKey = member.login.toLowerCase();
    Object.assign(member, nameKeys(member.name, member.login));
  }
  return [...roster.values()];
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** ISO 8601. The zone is required: without it JavaScript uses the time zone of this machine. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A moment that somebody typed. A bare date is the end of that day, UTC; today is `now`.
 * @throws PublicError `as_of_invalid`, `as_of_in_future`
 */
export function parseAsOf(text: string, now = new Date()): Date {
  const isDate = DATE.test(text);
  const moment = new Date(isDate ? `${text}T23:59:59.999Z` : text);
  const isRead = (isDate || TIME.test(text)) && isInYears(moment) && isDay(text.slice(0, 10));
  if (!isRead) throw asOfInvalid(text);
  if (moment <= now) return moment;
  if (text === dayOf(now)) return now;
  throw inFuture(text, now);
}

/** Two moments that somebody typed; without the second, `now`. @throws PublicError as `parseAsOf` */
export const parsePeriod = (
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now = new Date(),
) => ({
  from: from === undefined ? undefined : parseAsOf(from, now),
  to: to === undefined ? now : parseAsOf(to, now),
});

/** The date in UTC: `2026-03-01`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

const asOfInvalid = (text: string) =>
  new PublicError(
    422,
    'as_of_invalid',
    `'${text}' is not a date.`,
    'Use a date such as 2026-03-01 (the end of that day in UTC) or a time such as 2026-03-01T12:00:00Z.',
  );

const inFuture = (text: string, now: Date) =>
  new PublicError(
    422,
    'as_of_in_future',
    `'${text}' is in the future.`,
    `Use today's date (${dayOf(now)} in UTC) or an earlier one.`,
  );

/** Only years of four digits: both databases compare dates as text. */
const isInYears = (moment: Date): boolean =>
  moment.getUTCFullYear() > 0 && moment.getUTCFullYear() <= 9999;

export const tooEarly = (oldest: Date) =>
  new PublicError(
    422,
    'as_of_too_early',
    `History starts ${utcTime(oldest)}.`,
    'Choose a later date.',
  );

export const datesReversed = () =>
  new PublicError(
    422,
    'dates_reversed',
    'The first date is after the second.',
    'Swap the two dates.',
  );
