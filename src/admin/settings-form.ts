import type { Safeguards } from '../integrations/integrations.service.js';
import { formText } from '../platform/web/form-text.js';

/** The most that both databases can keep, rounded down to what people can read. */
const MOST_PEOPLE = 1_000_000;

type Field = keyof Safeguards;

/** What somebody typed, as it was typed. */
export const typedSettings = (form: unknown): Record<Field, string> => ({
  holdAbovePercent: formText(form, 'holdAbovePercent'),
  holdAbovePeople: formText(form, 'holdAbovePeople'),
});

interface Checked {
  /** Undefined where anything is wrong. */
  settings?: Safeguards;
  faults: Partial<Record<Field, string>>;
}

export function checkSettings(typed: Record<Field, string>): Checked {
  const holdAbovePercent = wholeNumber(typed.holdAbovePercent, 100);
  const holdAbovePeople = wholeNumber(typed.holdAbovePeople, MOST_PEOPLE);
  if (holdAbovePercent !== undefined && holdAbovePeople !== undefined)
    return { settings: { holdAbovePercent, holdAbovePeople }, faults: {} };
  return {
    faults: {
      ...(holdAbovePercent === undefined && {
        holdAbovePercent: 'The share must be a whole number from 0 to 100.',
      }),
      ...(holdAbovePeople === undefined && {
        holdAbovePeople: 'The number of people must be a whole number from 0 to 1,000,000.',
      }),
    },
  };
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value <= most ? value : undefined;
}
