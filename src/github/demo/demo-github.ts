import { OnApplicationShutdown } from '@nestjs/common';
import { Agent } from 'undici';
import { GithubFailure } from '../errors/github-failure.js';
import { MAX_ANSWER_BYTES } from '../http/api-address.js';
import { quickFetch } from '../http/quick-fetch.js';

type Fetch = typeof globalThis.fetch;

/** The API address of the demo organization. It is reserved (RFC 2606, .invalid), so no such host exists. */
export const DEMO_API_URL = 'https://demo.rollcall.invalid';

/** A simulated GitHub on this machine. */
export interface RunningDemo {
  /** Its address. */
  url: string;
  /** The organization to connect, and a token for it. */
  organization: string;
  token: string;
  stop(): Promise<void>;
}

export type StartDemo = () => Promise<RunningDemo>;

/** The simulated GitHub of this process. It starts at the first request, if a start function is provided. */
export class DemoGithub implements OnApplicationShutdown {
  private agent: Agent | undefined;
  private started: Promise<RunningDemo> | undefined;

  constructor(private readonly start: StartDemo | undefined) {}

  get isThere(): boolean {
    return this.start !== undefined;
  }

  /** @throws GithubFailure `api_url_not_allowed` if there is none */
  async running(): Promise<RunningDemo> {
    if (!this.start) throw noDemoHere();
    this.started ??= this.start().catch((error: unknown) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  /** `fetch` for the reserved address only. @throws GithubFailure `api_url_not_allowed` */
  fetch(): Fetch {
    if (!this.start) throw noDemoHere();
    // No proxy, because it is in this process.
    this.agent ??= new Agent({ maxResponseSize: MAX_ANSWER_BYTES });
    const { agent } = this;
    return (async (address: string, init: RequestInit) => {
      const { origin, pathname, search } = new URL(address);
      if (origin !== DEMO_API_URL) throw noDemoHere();
      const { url } = await this.running();
      const answer = await quickFetch(agent, url)(url + pathname + search, init);
      // The links must have the reserved address.
      const link = answer.headers.get('link');
      if (link) answer.headers.set('link', link.replaceAll(url, DEMO_API_URL));
      return answer;
    }) as Fetch;
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.started)?.stop();
  }
}

const noDemoHere = () =>
  new GithubFailure(
    'api_url_not_allowed',
    'The demo organization is simulated. This server cannot simulate it.',
    'Run the server without DATABASE_URL and REDIS_URL, or use `npm run demo`.',
  );
