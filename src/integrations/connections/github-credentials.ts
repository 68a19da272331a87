import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  CredentialVisibility,
  GithubAccess,
} from '../../github/access/credential-visibility.js';
import { GithubClients } from '../../github/client/github-clients.js';
import type { GithubCredential } from '../../github/client/github-credential.js';
import type { ClientOptions } from '../../github/client/github-transport.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { Credential, type CredentialKind } from './credential.entity.js';
import { CredentialHealths } from './credential-healths.js';
import { openCredential, sealCredential } from './credential-secret.js';
import type { GithubIntegration } from './github-integration.entity.js';

/** A credential to store, before encryption. */
export interface NewCredential {
  kind: CredentialKind;
  secret: string;
}

/** A decrypted credential; `note` stores what GitHub reports about it, unless the same was stored so many ms ago. */
export interface OpenedCredential extends GithubAccess {
  note(visibility: CredentialVisibility, againAfterMs?: number): Promise<void>;
}

/** Decrypts an integration's credential for one client. */
@Injectable()
export class GithubCredentials {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
    private readonly clients: GithubClients,
    private readonly healths: CredentialHealths,
  ) {}

  seal(teamId: number, { kind, secret }: NewCredential) {
    return { kind, sealedSecret: sealCredential(this.secrets, teamId, secret) };
  }

  /** The integration's access to GitHub. @throws PublicError `credential_unreadable` */
  async open(
    integration: GithubIntegration,
    options: Pick<ClientOptions, 'signal' | 'isUrgent'> = {},
  ): Promise<OpenedCredential> {
    const { credentialId, apiUrl, publicOnly } = integration;
    const kept = await this.dataSource.manager.findOneByOrFail(Credential, { id: credentialId });
    const secret = openCredential(this.secrets, kept);
    const credential = toGithubCredential({ kind: kept.kind, secret });
    return {
      client: this.clients.for({ apiUrl, credential, ...options }),
      credential,
      publicOnly,
      note: (visibility, againAfterMs) => this.healths.note(kept, visibility, againAfterMs),
    };
  }
}

/** In the form that a client needs. */
export const toGithubCredential = ({ kind, secret }: NewCredential): GithubCredential =>
  kind === 'installation'
    ? { kind: 'installation', installationId: Number(secret) }
    : { kind: 'token', token: secret };
