import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import type { IntegrationLimits } from '../../integrations/schedules/integration-schedules.js';
import { scheduleOf } from '../../integrations/schedules/integration-schedules.js';
import type { Schedule } from '../../integrations/schedules/schedule.js';
import { formText } from '../../platform/web/form-text.js';
import { checkSchedule } from './schedule-form.js';

/** The maximum of both databases, rounded down. */
const MAX_PEOPLE = 1_000_000;

/** About a hundred years. */
const MAX_DAYS = 36_500;

export type TypedSettings = Record<keyof Schedule | keyof IntegrationLimits, string>;

/** The stored settings as form values. */
export function presentSettings(integration: GithubIntegration): TypedSettings {
  const { holdAbovePercent, holdAbovePeople, keepDays } = integration;
  const { weekday, ...schedule } = scheduleOf(integration);
  return {
    ...schedule,
    weekday: String(weekday),
    holdAbovePercent: String(holdAbovePercent),
    holdAbovePeople: String(holdAbovePeople),
    keepDays: String(keepDays ?? ''),
  };
}

/** The typed form values. A field that was not sent keeps its stored value. */
export function typedSettings(integration: GithubIntegration, form: unknown): TypedSettings {
  const sent = new Set(Object.keys(form ?? {}));
  const fields = Object.entries(presentSettings(integration)).map(([name, present]) => [
    name,
    sent.has(name) ? formText(form, name) : present,
  ]);
  return Object.fromEntries(fields) as TypedSettings;
}

interface Checked {
  /** Undefined when a field is wrong. */
  settings?: IntegrationLimits & { schedule: Schedule };
  faults: Partial<TypedSettings>;
}

export function checkSettings(typed: TypedSettings): Checked {
  const { schedule, faults } = checkSchedule(typed);
  const holdAbovePercent = wholeNumber(typed.holdAbovePercent, 0, 100);
  const holdAbovePeople = wholeNumber(typed.holdAbovePeople, 0, MAX_PEOPLE);
  const keepDays = typed.keepDays === '' ? null : wholeNumber(typed.keepDays, 1, MAX_DAYS);
  if (
    schedule &&
    holdAbovePercent !== undefined &&
    holdAbovePeople !== undefined &&
    keepDays !== undefined
  )
    return { settings: { schedule, holdAbovePercent, holdAbovePeople, keepDays }, faults: {} };
  return {
    faults: {
      ...faults,
      ...(holdAbovePercent === undefined && {
        holdAbovePercent: 'The percentage must be a whole number from 0 to 100.',
      }),
      ...(holdAbovePeople === undefined && {
        holdAbovePeople: 'The number of people must be a whole number from 0 to 1,000,000.',
      }),
      ...(keepDays === undefined && {
        keepDays: 'The number of days must be a whole number from 1 to 36,500, or empty.',
      }),
    },
  };
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
