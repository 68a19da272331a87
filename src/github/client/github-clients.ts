import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { DEMO_API_URL, DemoGithub } from '../demo/demo-github.js';
import { ApiConnections } from '../http/api-connections.js';
import { TokenBudgets } from '../limits/token-budgets.js';
import { authentication } from './authentication.js';
import { GithubClient } from './github-client.js';
import { credentialKey } from './github-credential.js';
import { ClientOptions, GithubTransport } from './github-transport.js';

/** Creates a client for a credential. Tests override it to use another GitHub or a scripted client. */
@Injectable()
export class GithubClients {
  constructor(
    private readonly budgets: TokenBudgets,
    private readonly demo: DemoGithub,
    private readonly connections: ApiConnections,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws GithubFailure `api_url_not_allowed` */
  for(access: ClientOptions): GithubClient {
    const { github } = this.config;
    const { apiUrl, credential } = access;
    const isOwn = apiUrl === github.apiUrl;
    const means = {
      fetch: this.fetchFor(apiUrl),
      budget: this.budgets.of(apiUrl, credentialKey(credential)),
      // Only one GitHub knows the App and may receive its signature.
      authentication: authentication(credential, isOwn ? github.app : undefined),
    };
    return new GithubClient(new GithubTransport(access, means));
  }

  private fetchFor(apiUrl: string): typeof globalThis.fetch {
    return apiUrl === DEMO_API_URL ? this.demo.fetch() : this.connections.fetchFor(apiUrl);
  }
}
