/** The same values, but the next one is made while the reader works on the last one. */
export async function* prefetch<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = values.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = values.next();
      // The next round handles the error, or nobody reads any more.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    // A running generator cannot return: it finishes its present value first.
    void next.then(() => values.return(undefined)).catch(() => undefined);
  }
}
