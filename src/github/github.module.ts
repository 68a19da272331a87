import { Module } from '@nestjs/common';
import { GithubClients } from './github-clients.js';

@Module({ providers: [GithubClients], exports: [GithubClients] })
export class GithubModule {}
