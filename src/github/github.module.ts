import { Module } from '@nestjs/common';
import { GithubClients } from './client/github-clients.js';
import { ApiConnections } from './http/api-connections.js';
import { TokenBudgets } from './limits/token-budgets.js';

@Module({
  providers: [ApiConnections, GithubClients, TokenBudgets],
  exports: [ApiConnections, GithubClients, TokenBudgets],
})
export class GithubModule {}
