/** The kinds of work that are measured and traced. */
export type OperationKind = 'http' | 'run' | 'queue' | 'github' | 'transaction';

/** Values with few different ones: no ids, no names of people. Those go into the facts of the log. */
export type Labels = Record<string, string | number>;

/** Work that takes time. */
export interface Operation {
  kind: OperationKind;
  /** Bounded, such as `GET /integrations/:id`. The work may change it, and may add labels, until it ends. */
  name: string;
  labels: Labels;
  /** The span in another process that asked for this, as a `traceparent`. */
  parent?: string;
  /** What only a trace shows: it may have ids. */
  details?: Labels;
}

/** Something that happened, with how much of it. */
export interface Measurement {
  name: 'run_ended' | 'people_changed' | 'github_wait' | 'sqlite_wait' | 'mysql_wait';
  /** In seconds for times. */
  value: number;
  labels: Labels;
}

/** Metrics and traces. Without any of them, the functions below only do the work. */
export interface Observer {
  readonly operation?: <T>(operation: Operation, work: () => Promise<T>) => Promise<T>;
  readonly measurement?: (measurement: Measurement) => void;
}

const observers = new Set<Observer>();

/** Returns what ends the observation. */
export function observeWith(observer: Observer): () => void {
  observers.add(observer);
  return () => void observers.delete(observer);
}

/** Does the work as one operation of all observers. */
export function observed<T>(
  operation: Operation,
  work: (operation: Operation) => Promise<T>,
): Promise<T> {
  let all = () => work(operation);
  for (const { operation: observe } of observers) {
    const inner = all;
    if (observe) all = () => observe(operation, inner);
  }
  return all();
}

/** Tells all observers. */
export function measured(name: Measurement['name'], value: number, labels: Labels = {}): void {
  for (const { measurement } of observers) measurement?.({ name, value, labels });
}

/** The time since `since` of `performance.now()`, in seconds. */
export const secondsSince = (since: number): number => (performance.now() - since) / 1000;
