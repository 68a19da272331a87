import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { publicFetch } from './api-address.js';
import { authentication } from './authentication.js';
import { GithubClient } from './github-client.js';
import { credentialKey } from './github-credential.js';
import { GithubAccess, GithubTransport } from './github-transport.js';
import { quickFetch } from './quick-fetch.js';
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
    const { apiUrl, credential } = access;
    const isOwn = apiUrl === github.apiUrl;
    const means = {
      fetch: isOwn || github.allowPrivateApiUrls ? quickFetch : publicFetch(apiUrl),
      budget: this.budgets.of(apiUrl, credentialKey(credential)),
      // The App is known to one GitHub, and its signature is for no other.
      authentication: authentication(credential, isOwn ? github.app : undefined),
    };
    return new GithubClient(new GithubTransport(access, means));
  }
}
