import { Inject, Injectable } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { dispatcherFor } from '../../platform/outbound/dispatcher-for.js';
import { MAX_ANSWER_BYTES, publicFetch, publicLookup } from './api-address.js';
import { quickFetch } from './quick-fetch.js';

/** People may type any number of addresses. */
const MAX_ORIGINS = 100;

/** This process's connections to GitHub servers: kept alive, and through a proxy if the operator set one. */
@Injectable()
export class ApiConnections {
  private readonly dispatchers = new Map<string, Dispatcher>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws GithubFailure `api_url_not_allowed` if a person typed the address and it is not public */
  fetchFor(apiUrl: string): typeof globalThis.fetch {
    const { github } = this.config;
    const isTrusted = apiUrl === github.apiUrl || github.allowPrivateApiUrls;
    const dispatcher = this.dispatcher(apiUrl, isTrusted);
    return isTrusted ? quickFetch(dispatcher, apiUrl) : publicFetch(apiUrl, dispatcher);
  }

  /** @param isTrusted false if connections must be to public addresses */
  dispatcher(url: string, isTrusted: boolean): Dispatcher {
    const { origin } = new URL(url);
    const key = `${origin} ${isTrusted}`;
    const known = this.dispatchers.get(key);
    if (known) return known;
    const lookup = isTrusted ? undefined : publicLookup();
    const made = dispatcherFor(origin, this.config.proxies, { maxBytes: MAX_ANSWER_BYTES, lookup });
    const [oldest] = this.dispatchers.keys();
    // Its connections close by themselves after some idle time.
    if (oldest && this.dispatchers.size >= MAX_ORIGINS) this.dispatchers.delete(oldest);
    this.dispatchers.set(key, made);
    return made;
  }
}
