import { ValueTransformer } from 'typeorm';

/** MySQL returns BIGINT as a string. GitHub's ids stay below 2^53, so a number is exact. */
export const bigintAsNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** SQLite returns a boolean as 0 or 1. */
export const nullableBoolean: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: number | boolean | null) => (value === null ? null : Boolean(value)),
};

/**
 * Text from outside that may contain NUL. SQLite's driver reads text up to the first NUL only, so such a value is
 * stored as bytes, which both databases return in full.
 */
export const anyText: ValueTransformer = {
  to: (value: unknown) =>
    typeof value === 'string' && value.includes('\0') ? Buffer.from(value) : value,
  from: (value: string | ArrayBuffer | null) =>
    value === null || typeof value === 'string' ? value : Buffer.from(value).toString(),
};
