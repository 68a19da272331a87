import hbs from 'hbs';

const { handlebars } = hbs;

const MINUTE = 60_000;
const STEPS = [
  { unit: 'day', ms: 24 * 60 * MINUTE },
  { unit: 'hour', ms: 60 * MINUTE },
  { unit: 'minute', ms: MINUTE },
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

function ago(time: Date): string {
  const past = time.getTime() - Date.now();
  const step = STEPS.find(({ ms }) => Math.abs(past) >= ms);
  return step ? relative.format(Math.round(past / step.ms), step.unit) : 'just now';
}

const readable = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** `<time>` with a text that `show` makes; nothing where there is no time. */
function timeElement(value: Date | string | null | undefined, show: (time: Date) => string) {
  if (!value) return '';
  const time = new Date(value);
  const text = handlebars.escapeExpression(show(time));
  return new handlebars.SafeString(
    `<time datetime="${time.toISOString()}" title="${readable(time)}">${text}</time>`,
  );
}

/** What templates may call. Everything they print is escaped. */
export const viewHelpers = {
  /** 1,234 */
  number: (value: number | null | undefined) => (value ?? 0).toLocaleString('en'),
  /** `2026-03-01 12:00 UTC`, in a `<time>` element */
  time: (value: Date | string | null | undefined) => timeElement(value, readable),
  /** `3 hours ago`, in a `<time>` element */
  ago: (value: Date | string | null | undefined) => timeElement(value, ago),
  eq: (a: unknown, b: unknown) => a === b,
  /** `plural 2 "member" "members"` */
  plural: (count: number, one: string, many: string) => (count === 1 ? one : many),
};
