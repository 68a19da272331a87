import { ValueTransformer } from 'typeorm';

/** MySQL gives a BIGINT as a string; GitHub's ids stay below 2^53, so a number holds them. */
export const bigintAsNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** SQLite gives a boolean as 0 or 1. */
export const nullableBoolean: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: number | boolean | null) => (value === null ? null : Boolean(value)),
};

/**
 * Text from outside that may hold NUL. SQLite's driver reads text to the first NUL only, so such a value is kept as its
 * bytes, which both databases give back whole.
 */
export const anyText: ValueTransformer = {
  to: (value: unknown) =>
    typeof value === 'string' && value.includes('\0') ? Buffer.from(value) : value,
  from: (value: string | ArrayBuffer) =>
    typeof value === 'string' ? value : Buffer.from(value).toString(),
};
