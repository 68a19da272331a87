/** The same values, where the next one is already made while its reader works on the last. */
export async function* prefetch<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = values.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = values.next();
      // It is met in the next round, or nobody asks any more.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    // A generator at work cannot be told to return; it ends with what it works on.
    void next.then(() => values.return(undefined)).catch(() => undefined);
  }
}
