import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  CredentialVisibility,
  GithubAccess,
} from '../../github/access/credential-visibility.js';
import { GithubClients } from '../../github/client/github-clients.js';
import type { GithubCredential } from '../../github/client/github-credential.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { Credential, type CredentialKind } from './credential.entity.js';
import { CredentialHealths } from './credential-healths.js';
import { openCredential, sealCredential } from './credential-secret.js';
import type { GithubIntegration } from './github-integration.entity.js';

/** What is kept of a credential, before it is sealed. */
export interface NewCredential {
  kind: CredentialKind;
  secret: string;
}

/** An opened credential; `note` keeps what GitHub has told of it. */
export interface OpenedCredential extends GithubAccess {
  note(visibility: CredentialVisibility): Promise<void>;
}

/** Opens an integration's credential, for as long as a client lives. */
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

  /**
   * What the integration looks at GitHub with; `signal` ends its requests.
   * @throws PublicError `credential_unreadable`
   */
  async open(integration: GithubIntegration, signal?: AbortSignal): Promise<OpenedCredential> {
    const { credentialId, apiUrl, publicOnly } = integration;
    const kept = await this.dataSource.manager.findOneByOrFail(Credential, { id: credentialId });
    const secret = openCredential(this.secrets, kept);
    const credential = toGithubCredential({ kind: kept.kind, secret });
    return {
      client: this.clients.for({ apiUrl, credential, signal }),
      credential,
      publicOnly,
      note: (visibility) => this.healths.note(kept, visibility),
    };
  }
}

/** What GitHub is shown for it. */
export const toGithubCredential = ({ kind, secret }: NewCredential): GithubCredential =>
  kind === 'installation'
    ? { kind: 'installation', installationId: Number(secret) }
    : { kind: 'token', token: secret };
