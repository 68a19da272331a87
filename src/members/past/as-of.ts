import { PublicError } from '../../platform/public-error.js';
import type { MemberChange } from '../changes/member-change.entity.js';
import type { ShownMember } from '../listing/member-query.js';
import { nameKeys } from '../writing/name-keys.js';

/** The roster before `changes`, which are those made since, newest first. Pure. */
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
/** As ISO 8601 has it; without its zone, a time would mean the one of this machine. */
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

/** Of four digits, as both databases compare them; false for what is no time. */
const isInYears = (moment: Date): boolean =>
  moment.getUTCFullYear() > 0 && moment.getUTCFullYear() <= 9999;

/** Some days that no month has are read as days of the next. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

/** Of before the oldest change that is kept nothing is known. */
export const tooEarly = (oldest: Date) =>
  new PublicError(
    422,
    'as_of_too_early',
    `The oldest change that is kept is of ${oldest.toISOString()}, so nothing is known of before.`,
    'Choose a later date.',
  );
