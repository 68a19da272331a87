import hbs from 'hbs';

type When = Date | string | null | undefined;

const { SafeString } = hbs.handlebars;

/** Gone with the objects. */
const rendered = new WeakMap<object, object>();

const numbers = new Intl.NumberFormat('en-US');

const times = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

const distances = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** What views may call. Handlebars escapes what they return, but for the `<time>` elements, which are made here. */
export const viewHelpers = {
  eq: (left: unknown, right: unknown): boolean => left === right,

  /** `1,234`; nothing where there is no number. */
  number: (value: number | null | undefined): string =>
    value == null ? '' : numbers.format(value),

  /** The word alone: `{{number n}} {{plural n "person" "people"}}`. */
  plural: (count: number, one: string, many: string): string => (count === 1 ? one : many),

  /** `20 Nov 2026, 12:00 UTC`; nothing where there is no time. */
  time: (when: When) => timeElement(when, readable),

  /** Renders what many look at once with the same object, and what is in it alone, once for all of them. */
  once(shown: object, options: Handlebars.HelperOptions) {
    const html = rendered.get(shown) ?? new SafeString(inOnePiece(options.fn(shown)));
    rendered.set(shown, html);
    return html;
  },

  /** `3 minutes ago`, with the time as its title; nothing where there is no time. */
  ago: (when: When) => timeElement(when, (date) => distance(date, new Date())),
};

/** Text put together from thousands of pieces is gathered from all of them again wherever it is sent, unless it is copied. */
const inOnePiece = (text: string): string => Buffer.from(text).toString();

/** How many times of those shown lately are remembered in words. */
const MAX_CACHED_TIMES = 1_000;

/** Many people of a page joined at the same time, and to find words for it takes longer than all the rest of a row. */
const inWords = new Map<number, string>();

function readable(date: Date): string {
  const known = inWords.get(date.getTime());
  if (known) return known;
  if (inWords.size === MAX_CACHED_TIMES) inWords.clear();
  const words = `${times.format(date)} UTC`;
  inWords.set(date.getTime(), words);
  return words;
}

function timeElement(when: When, wordsFor: (date: Date) => string) {
  const date = new Date(when ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return '';
  const attributes = `datetime="${date.toISOString()}" title="${readable(date)}"`;
  return new SafeString(`<time ${attributes}>${wordsFor(date)}</time>`);
}

/** The length of each in seconds, and from which count on a longer one is told. */
const UNITS: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['second', 1, 60],
  ['minute', 60, 60],
  ['hour', 3600, 24],
  ['day', 86_400, 100],
  ['month', 2_628_000, 24],
];

/** The likes of "3 minutes ago" and "in 2 hours", to the nearest: what ends in 90 days less a moment ends in 90 days. */
export function distance(date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const countIn = (length: number) => Math.round(seconds / length);
  const fits = ([, length, limit]: (typeof UNITS)[number]) => Math.abs(countIn(length)) < limit;
  const [unit, length] = UNITS.find(fits) ?? ['year', 31_536_000];
  return distances.format(countIn(length), unit);
}
