import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { publicFetch } from './api-address.js';
import { GithubClient } from './github-client.js';
import { GithubAccess, GithubTransport } from './github-transport.js';
import { TokenBudgets } from './token-budgets.js';

/** Makes a client for a credential. Tests override it to put another GitHub, or a scripted client, in its place. */
@Injectable()
export class GithubClients {
  constructor(
    private readonly budgets: TokenBudgets,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws GithubFailure `api_url_not_allowed` */
  for(access: GithubAccess): GithubClient {
    const { github } = this.config;
    const { apiUrl, token } = access;
    const isTrusted = apiUrl === github.apiUrl || github.allowPrivateApiUrls;
    const fetch = isTrusted ? globalThis.fetch : publicFetch(apiUrl);
    const budget = this.budgets.of(apiUrl, token);
    return new GithubClient(new GithubTransport(access, { fetch, budget }));
  }
}
