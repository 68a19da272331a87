/** About as many as wait at once in one process; a run without a cached value reads it again. */
const MAX_CACHED_RUNS = 50;

/**
 * Keeps what was read between the executions of a run, in this process: of a large organization, a list alone may need
 * more requests than one minute allows.
 */
export class RunCache<T> {
  private readonly ofRuns = new Map<number, T>();

  /** @param create makes the value of a run that has none */
  constructor(private readonly create: () => T) {}

  of(runId: number): T {
    const value = this.ofRuns.get(runId) ?? this.create();
    this.ofRuns.set(runId, value);
    const [oldest] = this.ofRuns.keys();
    if (this.ofRuns.size > MAX_CACHED_RUNS && oldest !== undefined) this.ofRuns.delete(oldest);
    return value;
  }

  forget(runId: number): void {
    this.ofRuns.delete(runId);
  }
}
