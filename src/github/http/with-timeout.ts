/**
 * Runs `work` with a signal that aborts after `ms`, or when `outer` does. `AbortSignal.timeout` and `any` would do the
 * same, but keep each request with its answer in memory until the time is over.
 */
export async function withTimeout<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const inner = new AbortController();
  const follow = () => inner.abort(outer?.reason);
  const timer = setTimeout(() => {
    inner.abort(new DOMException(`No answer within ${ms} ms`, 'TimeoutError'));
  }, ms);
  outer?.addEventListener('abort', follow, { once: true });
  try {
    return await work(inner.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', follow);
  }
}
