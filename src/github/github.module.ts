import { Module } from '@nestjs/common';
import { ApiConnections } from './api-connections.js';
import { GithubClients } from './github-clients.js';
import { TokenBudgets } from './token-budgets.js';

@Module({
  providers: [ApiConnections, GithubClients, TokenBudgets],
  exports: [ApiConnections, GithubClients],
})
export class GithubModule {}
