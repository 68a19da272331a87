/** How many members were active at a moment. */
export interface SizePoint {
  at: Date;
  active: number;
}

/** A directory's size over time, drawn in a box of `WIDTH` by `HEIGHT` that the page stretches. */
export interface SizeChart {
  width: number;
  height: number;
  /** The line: each size holds until the next is known. */
  line: string;
  /** The same, closed along the bottom. */
  area: string;
  least: number;
  most: number;
  first: SizeLabel;
  last: SizeLabel;
}

interface SizeLabel {
  active: number;
  at: string;
  /** In UTC. */
  words: string;
  /** How `app.js` writes it in the reader's time zone. */
  format: 'day' | 'day-time';
}

const WIDTH = 1000;
const HEIGHT = 100;

/** Room above and below the line, so that its width is not cut off. */
const MARGIN = 4;

/** Room after the last point, so that a change at the end is visible. */
const TAIL = 10;

const DAY = 86_400_000;

/** Undefined with fewer than two points. @param points the oldest first */
export function sizeChart(points: SizePoint[]): SizeChart | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return undefined;
  const sizes = points.map(({ active }) => active);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const x = scale(first.at.getTime(), last.at.getTime(), 0, WIDTH - TAIL);
  const y = scale(least, most, HEIGHT - MARGIN, MARGIN);
  const line = `${steps(points.map(({ at, active }) => [x(at.getTime()), y(active)]))}H${WIDTH}`;
  const format = formatFor(last.at.getTime() - first.at.getTime());
  const label = ({ active, at }: SizePoint) => ({
    active,
    at: at.toISOString(),
    words: FORMATS[format].format(at),
    format,
  });
  return {
    ...{ width: WIDTH, height: HEIGHT, line, area: `${line}V${HEIGHT}H0Z` },
    ...{ least, most, first: label(first), last: label(last) },
  };
}

/** If all values are equal, they are drawn in the middle. */
function scale(from: number, to: number, low: number, high: number): (value: number) => number {
  if (from === to) return () => (low + high) / 2;
  return (value) => Math.round(10 * (low + ((value - from) / (to - from)) * (high - low))) / 10;
}

const steps = ([first, ...rest]: [number, number][]): string =>
  `M${first?.join(' ')}${rest.map(([x, y]) => `H${x}V${y}`).join('')}`;

const DATE = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
const FORMATS = {
  day: new Intl.DateTimeFormat('en-GB', { ...DATE, year: 'numeric' }),
  'day-time': new Intl.DateTimeFormat('en-GB', { ...DATE, hour: '2-digit', minute: '2-digit' }),
};

/** Within two days both ends could have the same date. */
const formatFor = (span: number): SizeLabel['format'] => (span < 2 * DAY ? 'day-time' : 'day');
