import { RequestError } from '@octokit/request-error';
import { Octokit } from '@octokit/rest';
import { observed } from '../../platform/observability/observers.js';
import { appFailure } from '../errors/app-failures.js';
import { GithubFailure } from '../errors/github-failure.js';
import { githubFailureOf, headersOf } from '../errors/github-failure-of.js';
import { isHtml, NoApi } from '../errors/invalid-answer.js';
import type { Headers } from '../errors/limit-failure.js';
import { LimitReached } from '../errors/limit-reached.js';
import { parsed, UNPARSED } from '../http/answer-body.js';
import { withTimeout } from '../http/with-timeout.js';
import type { Resource } from '../limits/resource-budget.js';
import { RetryBudget } from '../limits/retry-budget.js';
import type { TokenBudget } from '../limits/token-budget.js';
import type { PassedSizes } from './adaptive-page-size.js';
import type { authentication } from './authentication.js';
import type { GithubCredential } from './github-credential.js';
import { githubOperation, noteStatus } from './github-operation.js';

/** In ms. GitHub itself stops after 10 s, and Octokit has no time-out. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Failures other than limits are retried for at most this long in total, in ms; less if a person waits. */
const RETRY_BUDGET_MS = 20_000;
const URGENT_RETRY_BUDGET_MS = 2_000;

export interface ClientOptions {
  apiUrl: string;
  credential: GithubCredential;
  /** Aborts every request and every pause. */
  signal?: AbortSignal;
  /** A person waits for the answer, and can try again. */
  isUrgent?: boolean;
}

/** What the transport works with. */
export interface TransportDependencies {
  fetch: typeof globalThis.fetch;
  budget: TokenBudget;
  authentication: ReturnType<typeof authentication>;
}

/** One request, and the reading of its answer. */
export type GithubRequest<T> = (octokit: Octokit, options: { signal: AbortSignal }) => Promise<T>;

export interface SendOptions {
  resource?: Resource;
  /** What a 404 means here. */
  notFound?: GithubFailure;
  /** Which failures are not retried, because the caller changes the request. */
  leaves?: (failure: GithubFailure) => boolean;
  /** Whether other requests or results wait for this answer, as page after page: it comes before the other requests. */
  isAwaited?: boolean;
}

/** A 401 reports the anonymous limit; ignore it. */
const headersHeeded = (error: unknown): Headers =>
  error instanceof RequestError && error.status === 401 ? {} : headersOf(error);

/** Sends requests within the credential's budget, retries them within the retry budget, and counts them. */
export class GithubTransport {
  readonly usage: { requests: number; notModified: number };
  readonly patience: RetryBudget;
  /** Its own, and those of transports beside it. */
  private readonly patiences: RetryBudget[];
  private readonly octokit: Octokit;

  /** @param beside whose counts and connection it shares */
  constructor(
    private readonly access: ClientOptions,
    private readonly means: TransportDependencies,
    beside?: GithubTransport,
  ) {
    const { signal, isUrgent } = access;
    this.usage = beside?.usage ?? { requests: 0, notModified: 0 };
    this.octokit = beside?.octokit ?? this.connected();
    this.patience = new RetryBudget(isUrgent ? URGENT_RETRY_BUDGET_MS : RETRY_BUDGET_MS, signal);
    this.patiences = beside?.patiences ?? [];
    this.patiences.push(this.patience);
  }

  get apiUrl(): string {
    return this.access.apiUrl;
  }

  /** Whether GitHub does not answer, and requests are tried again. */
  get isRetrying(): boolean {
    return this.patiences.some(({ isRetrying }) => isRetrying);
  }

  /** The sizes of a query's pages that passed with this credential. */
  passedSizes(query: string): PassedSizes {
    const { pageSizes } = this.means.budget;
    return {
      get: () => pageSizes.get(query),
      set: (size) => void pageSizes.set(query, size),
    };
  }

  /** The same credential and counts, with a retry budget of its own. */
  beside(): GithubTransport {
    return new GithubTransport(this.access, this.means, this);
  }

  /**
   * Sends a request and reads its answer. A retry covers both, so an answer of the wrong shape can be retried.
   * @throws GithubFailure; LimitReached if the credential must wait
   */
  async send<T>(request: GithubRequest<T>, options: SendOptions = {}): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.once(request, options);
        this.patience.recordSuccess();
        return answer;
      } catch (error) {
        this.access.signal?.throwIfAborted();
        const failure = githubFailureOf(error, this.apiUrl, options.notFound);
        if (!failure.isPassing || options.leaves?.(failure)) throw failure;
        if (!(await this.patience.waitForRetry(tries))) throw failure;
      }
    }
  }

  private connected(): Octokit {
    const silent = () => undefined;
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    const octokit = new Octokit({
      ...this.means.authentication,
      baseUrl: this.access.apiUrl,
      userAgent: 'rollcall',
      log,
      request: { ...UNPARSED, fetch: this.timely(this.means.fetch) },
    });
    octokit.hook.wrap('request', (request, options) =>
      this.noted(options, async () => parsed(this.ofApi(await request(options)))),
    );
    return octokit;
  }

  private once<T>(
    request: GithubRequest<T>,
    { resource = 'core', isAwaited = false }: SendOptions,
  ): Promise<T> {
    const { budget } = this.means;
    const attempt = async () => {
      try {
        return await this.renewing(() =>
          withTimeout(REQUEST_TIMEOUT_MS, this.access.signal, (signal) =>
            request(this.octokit, { signal }),
          ),
        );
      } catch (error) {
        const failure = githubFailureOf(error, this.apiUrl);
        throw failure instanceof LimitReached
          ? budget.limited(resource, headersOf(error), failure)
          : error;
      }
    };
    return budget.send(resource, this.access.isUrgent ?? false, attempt, Number(isAwaited));
  }

  /** An installation's token can expire before its hour is over, and a run may take longer than that. */
  private async renewing<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      const isRefused = error instanceof RequestError && error.status === 401 && !appFailure(error);
      if (!isRefused || this.access.credential.kind !== 'installation') throw error;
      await this.octokit.auth({ type: 'installation', refresh: true });
      return request();
    }
  }

  /** Octokit accepts an HTML page as an answer. @throws NoApi */
  private ofApi<T extends { headers: Headers }>(answer: T): T {
    if (isHtml(answer.headers['content-type'])) throw new NoApi(this.apiUrl, 'an HTML page');
    return answer;
  }

  /** Octokit requests an App's tokens itself, without a signal. */
  private timely(fetch: TransportDependencies['fetch']): TransportDependencies['fetch'] {
    return (url, init) =>
      init?.signal
        ? fetch(url, init)
        : withTimeout(REQUEST_TIMEOUT_MS, this.access.signal, (signal) =>
            fetch(url, { ...init, signal }),
          );
  }

  /** Every answer tells what is left; also a 304 and a failure, which Octokit throws. */
  private async noted<T extends { status: number; headers: Headers }>(
    { method, url }: { method: string; url: string },
    send: () => Promise<T>,
  ): Promise<T> {
    this.usage.requests++;
    const answer = observed(githubOperation(method, url), (operation) =>
      noteStatus(operation, send()),
    );
    const headers = await answer.then(({ headers }) => headers, headersHeeded);
    // Requests as the App itself have separate limits.
    if (!/\/app(\/|$)/.test(url)) this.means.budget.note(headers);
    return answer;
  }
}
