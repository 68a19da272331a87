import { DateTime } from 'luxon';
import type { Schedule, ScheduleKind } from '../../integrations/schedules/schedule.js';

export const KIND_WORDS: Record<ScheduleKind, string> = {
  off: 'Off',
  hourly: 'Every hour',
  daily: 'Every day',
  weekly: 'Every week',
};

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The time zones to choose from. */
export const ZONES = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

/** `every Monday at 03:00, Europe/Berlin` */
export function scheduleWords({ kind, weekday, time, zone }: Schedule): string {
  if (kind === 'off') return 'Manual only';
  if (kind === 'hourly') return 'every hour';
  return `every ${kind === 'daily' ? 'day' : DAYS[weekday - 1]} at ${time}, ${zone}`;
}

/** `Tue 24 Nov 2026, 04:12`, in that time zone. */
export const zonedTime = (moment: Date, zone: string): string =>
  DateTime.fromJSDate(moment, { zone }).setLocale('en-GB').toFormat('ccc d LLL yyyy, HH:mm');
