/** The middle one; of an even number the lower of the two, so that it is one that was measured. */
export const median = (values: number[]): number => percentile(values, 50);

/** The smallest value that so many percent of all do not exceed. */
export function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;

export const times = (factor: number): string => `${factor.toFixed(factor < 10 ? 2 : 0)} times`;
