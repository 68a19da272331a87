/** SQLite takes 32,766 values in a statement; a new member binds 15. */
const ROWS_A_STATEMENT = 2_000;

/** Splits rows into parts that fit one statement. */
export function* chunks<T>(all: T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += ROWS_A_STATEMENT) yield all.slice(i, i + ROWS_A_STATEMENT);
}
