/** In ms. */
export const DAY_MS = 24 * 3_600_000;

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether it is a day from the year 1 on, such as `2026-03-01`. JavaScript alone reads 30 February as 2 March. */
export function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return (
    DATE.test(text) &&
    !Number.isNaN(midnight.getTime()) &&
    midnight.getUTCFullYear() > 0 &&
    midnight.toISOString().startsWith(text)
  );
}

/** Of the day in UTC. */
export const startOfDay = (moment: Date): Date =>
  new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS);
