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

/** A moment that somebody typed; a bare date is the end of that day, UTC. @throws PublicError `as_of_invalid` */
export function parseAsOf(text: string): Date {
  const moment = new Date(DATE.test(text) ? `${text}T23:59:59.999Z` : text);
  const isRead = (DATE.test(text) || TIME.test(text)) && isInYears(moment);
  if (isRead && isDay(text.slice(0, 10))) return moment;
  throw new PublicError(
    422,
    'as_of_invalid',
    `'${text}' is not a date.`,
    'Use a date such as 2026-03-01 (the end of that day in UTC) or a time such as 2026-03-01T12:00:00Z.',
  );
}

/** Only years of four digits: both databases compare dates as text. */
const isInYears = (moment: Date): boolean =>
  moment.getUTCFullYear() > 0 && moment.getUTCFullYear() <= 9999;

/** JavaScript reads 30 February as 2 March. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

export const tooEarly = (oldest: Date) =>
  new PublicError(
    422,
    'as_of_too_early',
    `History starts ${utcTime(oldest)}.`,
    'Choose a later date.',
  );
