import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GithubClient } from '../github/github-client.js';
import { GithubClients } from '../github/github-clients.js';
import { Secrets } from '../platform/secrets/secrets.js';
import { Credential } from './credential.entity.js';
import type { GithubIntegration } from './github-integration.entity.js';

/** Opens an integration's credential, for as long as a client lives. */
@Injectable()
export class GithubCredentials {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
    private readonly clients: GithubClients,
  ) {}

  seal(teamId: number, token: string): string {
    return this.secrets.seal(token, context(teamId));
  }

  /** A client for the integration; `signal` ends its requests. */
  async clientFor(integration: GithubIntegration, signal?: AbortSignal): Promise<GithubClient> {
    const { credentialId, teamId, apiUrl } = integration;
    const { sealedSecret } = await this.dataSource.manager.findOneByOrFail(Credential, {
      id: credentialId,
    });
    return this.clients.for({
      apiUrl,
      token: this.secrets.open(sealedSecret, context(teamId)),
      signal,
    });
  }
}

/** Bound to the team, so that a row copied to another team opens nothing. */
const context = (teamId: number): string => `credential:${teamId}`;
