import { Inject, Injectable } from '@nestjs/common';
import type { Dispatcher } from 'undici';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { OriginDispatchers } from '../../platform/outbound/origin-dispatchers.js';
import { publicLookup } from '../../platform/outbound/public-address.js';
import { MAX_ANSWER_BYTES, notAllowed, publicFetch } from './api-address.js';
import { quickFetch } from './quick-fetch.js';

/** This process's connections to GitHub servers: kept alive, and through a proxy if the operator set one. */
@Injectable()
export class ApiConnections {
  private readonly dispatchers: OriginDispatchers;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.dispatchers = new OriginDispatchers(config.proxies, (isTrusted) => ({
      maxBytes: MAX_ANSWER_BYTES,
      lookup: isTrusted ? undefined : publicLookup(notAllowed),
    }));
  }

  /** @throws GithubFailure `api_url_not_allowed` if a person typed the address and it is not public */
  fetchFor(apiUrl: string): typeof globalThis.fetch {
    const { github } = this.config;
    const isTrusted = apiUrl === github.apiUrl || github.allowPrivateApiUrls;
    const dispatcher = this.dispatcher(apiUrl, isTrusted);
    return isTrusted ? quickFetch(dispatcher, apiUrl) : publicFetch(apiUrl, dispatcher);
  }

  /** @param isTrusted false if connections must be to public addresses */
  dispatcher(url: string, isTrusted: boolean): Dispatcher {
    return this.dispatchers.of(url, isTrusted);
  }
}
