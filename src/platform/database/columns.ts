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
