import hbs from 'hbs';
import { number } from '../number.js';
import { utcTime } from '../utc-time.js';

type When = Date | string | null | undefined;

const { SafeString } = hbs.handlebars;

const toSeconds = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

const distances = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** The helpers of views. Handlebars escapes their results, except the `<time>` elements. */
export const viewHelpers = {
  eq: (left: unknown, right: unknown): boolean => left === right,

  /** Chooses a partial by a value: `{{> (join "sync/_" status)}}`. */
  join: (start: string, end: string): string => start + end,

  /** `1,234`; '' where there is no number. */
  number: (value: number | null | undefined): string => (value == null ? '' : number(value)),

  /** The word alone: `{{number n}} {{plural n "person" "people"}}`. */
  plural: (count: number, one: string, many: string): string => (count === 1 ? one : many),

  /** `20 Nov 2026, 12:00 UTC`; nothing where there is no time. `app.js` shows it in the reader's time zone. */
  time: (when: When) => timeElement(when, ({ minutes }) => minutes, 'minutes'),

  /** `20 Nov 2026, 12:00:05 UTC`, in the same way. */
  exactTime: (when: When) => timeElement(when, ({ seconds }) => seconds, 'seconds'),

  /** `3 minutes ago`, with the exact time as its title; nothing where there is no time. */
  ago: (when: When) => timeElement(when, ({ date }) => distance(date, new Date())),
};

/** How many formatted times are kept. */
const MAX_CACHED_TIMES = 1_000;

interface TimeText {
  date: Date;
  minutes: string;
  seconds: string;
}

/** Many rows of a page have the same time, and formatting it takes longer than the rest of a row. */
const formatted = new Map<number, TimeText>();

function inUtc(date: Date): TimeText {
  const known = formatted.get(date.getTime());
  if (known) return known;
  if (formatted.size === MAX_CACHED_TIMES) formatted.clear();
  const text = {
    date,
    minutes: utcTime(date),
    seconds: `${toSeconds.format(date)} UTC`,
  };
  formatted.set(date.getTime(), text);
  return text;
}

/** @param format how `app.js` writes the text again; without it, only the title */
function timeElement(when: When, textOf: (text: TimeText) => string, format?: string) {
  const date = new Date(when ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return '';
  const text = inUtc(date);
  const rewritten = format ? ` data-format="${format}"` : '';
  const attributes = `datetime="${date.toISOString()}" title="${text.seconds}"${rewritten}`;
  return new SafeString(`<time ${attributes}>${textOf(text)}</time>`);
}

/** Unit, its length in seconds, and the count from which the next unit is used. */
const UNITS: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['second', 1, 60],
  ['minute', 60, 60],
  ['hour', 3600, 24],
  ['day', 86_400, 100],
  ['month', 2_628_000, 24],
];

/** "3 minutes ago", "in 2 hours", rounded to the nearest unit. */
export function distance(date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const countIn = (length: number) => Math.round(seconds / length);
  const fits = ([, length, limit]: (typeof UNITS)[number]) => Math.abs(countIn(length)) < limit;
  const [unit, length] = UNITS.find(fits) ?? ['year', 31_536_000];
  return distances.format(countIn(length), unit);
}
