import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GithubClients } from '../github/github-clients.js';
import type { GithubCredential } from '../github/github-credential.js';
import type { Eyes } from '../github/sight.js';
import { Secrets } from '../platform/secrets/secrets.js';
import { Credential, type CredentialKind } from './credential.entity.js';
import type { GithubIntegration } from './github-integration.entity.js';

/** What is kept of a credential, before it is sealed. */
export interface NewCredential {
  kind: CredentialKind;
  secret: string;
}

/** Opens an integration's credential, for as long as a client lives. */
@Injectable()
export class GithubCredentials {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
    private readonly clients: GithubClients,
  ) {}

  seal(teamId: number, { kind, secret }: NewCredential) {
    return { kind, sealedSecret: this.secrets.seal(secret, context(teamId)) };
  }

  /** What the integration looks at GitHub with; `signal` ends its requests. */
  async open(integration: GithubIntegration, signal?: AbortSignal): Promise<Eyes> {
    const { credentialId, teamId, apiUrl, publicOnly } = integration;
    const { kind, sealedSecret } = await this.dataSource.manager.findOneByOrFail(Credential, {
      id: credentialId,
    });
    const secret = this.secrets.open(sealedSecret, context(teamId));
    const credential = asShown({ kind, secret });
    return {
      client: this.clients.for({ apiUrl, credential, signal }),
      credential,
      publicOnly,
    };
  }
}

/** What GitHub is shown for it. */
export const asShown = ({ kind, secret }: NewCredential): GithubCredential =>
  kind === 'installation'
    ? { kind: 'installation', installationId: Number(secret) }
    : { kind: 'token', token: secret };

/** Bound to the team, so that a row copied to another team opens nothing. */
const context = (teamId: number): string => `credential:${teamId}`;
