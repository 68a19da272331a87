import { Module } from '@nestjs/common';
import { GithubClients } from './client/github-clients.js';
import { ApiConnections } from './http/api-connections.js';
import { TokenBudgets } from './limits/token-budgets.js';
import { OauthFlow } from './sign-in/oauth-flow.js';

@Module({
  providers: [ApiConnections, GithubClients, OauthFlow, TokenBudgets],
  exports: [GithubClients, OauthFlow, TokenBudgets],
})
export class GithubModule {}
