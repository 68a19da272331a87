import { Module } from '@nestjs/common';
import { GithubClients } from './github-clients.js';
import { TokenBudgets } from './token-budgets.js';

@Module({ providers: [GithubClients, TokenBudgets], exports: [GithubClients] })
export class GithubModule {}
