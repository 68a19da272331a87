import {
  isTimeOfDay,
  isTimeZone,
  SCHEDULE_KINDS,
  type Schedule,
} from '../../integrations/schedules/schedule.js';

type Typed = Record<keyof Schedule, string>;

interface Checked {
  /** Undefined when a field is wrong. */
  schedule?: Schedule;
  faults: Partial<Typed>;
}

export function checkSchedule({ kind: typed, weekday, time, zone }: Typed): Checked {
  const kind = SCHEDULE_KINDS.find((one) => one === typed);
  const isTime = isTimeOfDay(time);
  const isZone = isTimeZone(zone);
  const isDay = /^[1-7]$/.test(weekday);
  if (kind && isTime && isZone && isDay)
    return { schedule: { kind, weekday: Number(weekday), time, zone }, faults: {} };
  return {
    faults: {
      ...(!kind && { kind: 'Choose how often to sync.' }),
      ...(!isDay && { weekday: 'Choose a day of the week.' }),
      ...(!isTime && { time: 'Enter a time such as 03:00.' }),
      ...(!isZone && { zone: 'Enter a time zone such as Europe/Berlin or UTC.' }),
    },
  };
}
