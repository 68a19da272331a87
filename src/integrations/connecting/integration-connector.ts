import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import {
  type CredentialVisibility,
  credentialVisibility,
  type GithubAccess,
} from '../../github/access/credential-visibility.js';
import { organizationLogin } from '../../github/access/organization-name.js';
import { Viewer } from '../../github/client/github-client.js';
import { GithubClients } from '../../github/client/github-clients.js';
import type { Organization } from '../../github/errors/github-answers.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import { APPROVAL, missingScope } from '../../github/errors/permission-failures.js';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { healthOf } from '../connections/credential-health.js';
import {
  GithubCredentials,
  type NewCredential,
  toGithubCredential,
} from '../connections/github-credentials.js';
import { updateRenamedOrganizations } from '../member-sync/update-renamed-organizations.js';
import { addressOf, type ConnectRequest, credentialOf } from './connect-request.js';
import { Connected, storeIntegration } from './store-integration.js';

/** Connects a team with an organization, after GitHub confirmed what the credential may see. */
@Injectable()
export class IntegrationConnector {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clients: GithubClients,
    private readonly credentials: GithubCredentials,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The token's owner and its organizations. @throws GithubFailure */
  async inspect(
    token: string,
    apiUrl?: string,
  ): Promise<{ viewer: Viewer; organizations: Organization[] }> {
    const { client } = this.access(credentialOf({ token }), apiUrl);
    const viewer = await client.viewer();
    requireScope(viewer);
    return { viewer, organizations: await client.organizations() };
  }

  /** Stores the integration; requests no run. @throws GithubFailure, or PublicError for the name; nothing is stored */
  async connect(request: ConnectRequest): Promise<Connected> {
    const { teamId } = request;
    const offered = credentialOf(request);
    // An installation is no member; it reads everybody or nobody.
    const publicOnly = request.publicOnly === true && offered.kind !== 'installation';
    const apiUrl = this.address(request.apiUrl);
    const login = organizationLogin(request.organization, apiUrl);
    const access = this.access(offered, apiUrl, publicOnly);
    const { found, visibility, ownerId } = await check(access, login);
    await updateRenamedOrganizations(
      this.dataSource.manager,
      access.client,
      { teamId, apiUrl },
      found,
    );
    const checked = {
      ...{ teamId, apiUrl, publicOnly },
      organizationId: found.id,
      organizationLogin: found.login,
      credential: { ...this.credentials.seal(teamId, offered), ownerId, ...healthOf(visibility) },
    };
    const store = () =>
      inTransaction(this.dataSource, (manager) => storeIntegration(manager, checked));
    return store().catch((error: unknown) => {
      // A concurrent request connected the same organization, so this one updates it.
      if (isDuplicate(error)) return store();
      throw error;
    });
  }

  private access(offered: NewCredential, apiUrl?: string, publicOnly = false): GithubAccess {
    const credential = toGithubCredential(offered);
    const client = this.clients.for({ apiUrl: this.address(apiUrl), credential, isUrgent: true });
    return { client, credential, publicOnly };
  }

  private address(apiUrl = this.config.github.apiUrl): string {
    return addressOf(apiUrl);
  }
}

/** The organization with that name and its visibility, after a check that its members are visible. */
async function check(
  access: GithubAccess,
  login: string,
): Promise<{ found: Organization; visibility: CredentialVisibility; ownerId: number | null }> {
  const { client, credential, publicOnly } = access;
  const viewer = credential.kind === 'token' ? await client.viewer() : undefined;
  if (viewer && !publicOnly) requireScope(viewer);
  const found = await client.organizationByLogin(login);
  const visibility = await credentialVisibility(access, found);
  if (!visibility) throw notAMember(found.login, viewer);
  return { found, visibility, ownerId: viewer?.id ?? null };
}

/** A classic token tells its scopes. Without one of these, GitHub silently shows public members only. */
function requireScope({ scopes }: Viewer): void {
  const enough = ['read:org', 'write:org', 'admin:org'];
  if (scopes && !scopes.some((scope) => enough.includes(scope))) throw missingScope('read:org');
}

const notAMember = (organization: string, viewer: Viewer | undefined) =>
  new GithubFailure(
    'visibility_reduced',
    `The token's owner is not a member of ${organization}. GitHub would show only public members.`,
    `Use a token of one of its members, or choose “Public members only”.${viewer?.scopes ? '' : ` ${APPROVAL}`}`,
  );
