export interface LoggedRequest {
  readonly method: string;
  /** With the query, without the `/api/v3` of an Enterprise Server's layout. */
  readonly path: string;
  /** 0 where the connection was cut. */
  readonly status: number;
  /** The login of the token's user; null without a (valid) token. */
  readonly login: string | null;
  /** Whether the answer cost something of the primary limit. */
  readonly charged: boolean;
}

type Selection = RegExp | ((request: LoggedRequest) => boolean);

/** What was asked, in the order of the answers. */
export class RequestLog {
  /** Without the oldest, where `mostEntries` are kept. What is counted below counts them all. */
  readonly entries: LoggedRequest[] = [];
  total = 0;
  charged = 0;
  notModified = 0;
  /** Arrived and not answered yet. */
  open = 0;
  /** The most that were open at once. */
  peak = 0;

  constructor(private readonly mostEntries = Number.POSITIVE_INFINITY) {}

  arrived(): void {
    this.open += 1;
    this.peak = Math.max(this.peak, this.open);
  }

  answered(request: LoggedRequest): void {
    this.open -= 1;
    this.total += 1;
    if (request.charged) this.charged += 1;
    if (request.status === 304) this.notModified += 1;
    this.entries.push(request);
    // In bulk, since to remove the first of many is slow.
    if (this.entries.length >= 2 * this.mostEntries) this.entries.splice(0, this.mostEntries);
  }

  /** How many match: a pattern is tried on `GET /path?query`. */
  count(selection: Selection): number {
    return this.entries.filter(selected(selection)).length;
  }

  reset(): void {
    this.entries.length = 0;
    this.total = 0;
    this.charged = 0;
    this.notModified = 0;
    this.peak = this.open;
  }
}

function selected(selection: Selection): (request: LoggedRequest) => boolean {
  if (typeof selection === 'function') return selection;
  return ({ method, path }) => selection.test(`${method} ${path}`);
}
