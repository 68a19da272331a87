/** SQLite takes 32,766 values a statement, and of a new member 15 are bound. */
const ROWS_A_STATEMENT = 2_000;

/** As many rows as one statement takes, and again, until there are no more. */
export function* chunks<T>(all: T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += ROWS_A_STATEMENT) yield all.slice(i, i + ROWS_A_STATEMENT);
}
