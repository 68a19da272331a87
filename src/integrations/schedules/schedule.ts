import { DateTime, type DurationLike, IANAZone } from 'luxon';

export const SCHEDULE_KINDS = ['off', 'hourly', 'daily', 'weekly'] as const;

export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

/** When an integration's members are synced automatically. */
export interface Schedule {
  kind: ScheduleKind;
  /** 1 for Monday to 7 for Sunday; if weekly. */
  weekday: number;
  /** `HH:MM`, local time of the zone; if daily or weekly. */
  time: string;
  /** An IANA time zone. */
  zone: string;
}

/** The maximum delay after the scheduled time, in seconds, so that not all integrations start together. */
const SPREAD = { hourly: 3_600, daily: 1_800, weekly: 1_800 };

/**
 * The next time of the schedule; null when it is off. Each integration has its own fixed delay after the scheduled time.
 * A time skipped by DST runs at the same instant; a repeated one runs the first time.
 * @throws RangeError for a time zone that this machine does not know
 */
export function nextSyncAt(schedule: Schedule, integrationId: number, after: Date): Date | null {
  const { kind } = schedule;
  if (kind === 'off') return null;
  const delayMs = spread(integrationId, SPREAD[kind]) * 1_000;
  const next = nextTime({ ...schedule, kind }, new Date(after.getTime() - delayMs));
  return new Date(next.getTime() + delayMs);
}

/**
 * The next time of a schedule that is on, without a delay. DST as for `nextSyncAt`.
 * @throws RangeError for a time zone that this machine does not know
 */
export function nextTime(
  { kind, ...schedule }: Schedule & { kind: Exclude<ScheduleKind, 'off'> },
  after: Date,
): Date {
  const since = DateTime.fromJSDate(after, { zone: schedule.zone });
  const next = kind === 'hourly' ? nextHour(since) : nextDay(schedule, kind, since);
  if (!next.isValid) throw new RangeError(`No clock is known for the time zone ${schedule.zone}`);
  return next.toJSDate();
}

export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** Whether it is an IANA time zone that this machine knows. */
export const isTimeZone = (text: string): boolean =>
  text.length <= 64 && IANAZone.isValidZone(text);

/** In UTC, because a zone may put its clocks back by half an hour. */
const nextHour = (since: DateTime): DateTime => since.toUTC().startOf('hour').plus({ hours: 1 });

function nextDay(
  { time, weekday, zone }: Omit<Schedule, 'kind'>,
  kind: 'daily' | 'weekly',
  since: DateTime,
) {
  const step: DurationLike = kind === 'daily' ? { days: 1 } : { weeks: 1 };
  // Calendar dates in UTC, where every day has 24 hours.
  const today = DateTime.utc(since.year, since.month, since.day);
  let day = kind === 'daily' ? today : today.set({ weekday: weekday as 1 });
  while (momentOf(day, time, zone) <= since) day = day.plus(step);
  return momentOf(day, time, zone);
}

function momentOf({ year, month, day }: DateTime, time: string, zone: string): DateTime {
  const [hour, minute] = time.split(':').map(Number);
  const moment = DateTime.fromObject({ year, month, day, hour, minute }, { zone });
  const [first = moment] = moment.getPossibleOffsets();
  return first;
}

/** Spreads integrations with consecutive ids too (Knuth's multiplicative hash). */
const spread = (integrationId: number, seconds: number): number =>
  (Math.imul(integrationId, 2_654_435_761) >>> 0) % seconds;
