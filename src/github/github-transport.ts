import { Octokit } from '@octokit/rest';
import { failureOf } from './failure-of.js';
import { GithubFailure } from './github-failure.js';
import { Patience } from './patience.js';

/** GitHub gives up after 10 s itself, and Octokit has no time-out of its own. In ms. */
const TIME_OUT = 10_000;

/** Faults other than limits are tried again for at most this long in all, in ms. */
const PATIENCE = 20_000;

export interface GithubAccess {
  apiUrl: string;
  token: string;
  /** Ends every request and every pause. */
  signal?: AbortSignal;
  /** For how long faults other than limits are tried again in all, in ms; less where somebody waits for the answer. */
  patience?: number;
}

/** One request, and the reading of its answer. */
export type GithubRequest<T> = (octokit: Octokit, options: { signal: AbortSignal }) => Promise<T>;

/** Sends requests, one try after the other while patience lasts, and counts them. */
export class GithubTransport {
  readonly usage = { requests: 0, notModified: 0 };
  private readonly octokit: Octokit;
  private readonly patience: Patience;

  constructor(
    private readonly access: GithubAccess,
    fetch: typeof globalThis.fetch,
  ) {
    const { apiUrl, token, signal, patience = PATIENCE } = access;
    const silent = () => undefined;
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    this.octokit = new Octokit({
      auth: token,
      baseUrl: apiUrl,
      userAgent: 'rollcall',
      log,
      request: { fetch },
    });
    this.patience = new Patience(patience, signal);
  }

  get apiUrl(): string {
    return this.access.apiUrl;
  }

  /**
   * Sends until it is answered well, and reads the answer, whose shape is thereby part of what may be tried again.
   * @param notFound what a 404 means here.
   * @throws GithubFailure
   */
  async send<T>(request: GithubRequest<T>, notFound?: GithubFailure): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        this.usage.requests++;
        const answer = await request(this.octokit, { signal: this.deadline() });
        this.patience.restore();
        return answer;
      } catch (error) {
        this.access.signal?.throwIfAborted();
        const failure = failureOf(error, notFound);
        if (!failure.isPassing || !(await this.patience.bear(tries))) throw failure;
      }
    }
  }

  private deadline(): AbortSignal {
    const timeOut = AbortSignal.timeout(TIME_OUT);
    const { signal } = this.access;
    return signal ? AbortSignal.any([signal, timeOut]) : timeOut;
  }
}
