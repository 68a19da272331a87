import { Inject, Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { parseUrl } from '../config/parse-url.js';
import { missingPermission } from '../github/failure-of.js';
import type { Organization } from '../github/github-answers.js';
import { GithubClient, Viewer } from '../github/github-client.js';
import { GithubClients } from '../github/github-clients.js';
import { GithubFailure } from '../github/github-failure.js';
import { isDuplicate } from '../platform/database/dialect.js';
import { inTransaction } from '../platform/database/transaction.js';
import { Credential } from './credential.entity.js';
import { GithubCredentials } from './github-credentials.service.js';
import { GithubIntegration } from './github-integration.entity.js';

export interface ConnectRequest {
  teamId: number;
  organization: string;
  token: string;
  /** GitHub's own where undefined. */
  apiUrl?: string;
}

export interface Connected {
  integration: GithubIntegration;
  /** Whether the organization was connected before, and only its credential replaced. */
  replaced: boolean;
}

/** Connects a team with an organization, after GitHub has confirmed what the token may see. */
@Injectable()
export class IntegrationConnector {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clients: GithubClients,
    private readonly credentials: GithubCredentials,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whose token it is, and the organizations it may be used for. @throws GithubFailure */
  async inspect(
    token: string,
    apiUrl?: string,
  ): Promise<{ viewer: Viewer; organizations: Organization[] }> {
    const client = this.client(token, apiUrl);
    const viewer = await client.viewer();
    requireScope(viewer);
    return { viewer, organizations: await client.organizations() };
  }

  /** Stores the integration, and asks for no run. @throws GithubFailure, with nothing stored */
  async connect({ teamId, organization, token, apiUrl }: ConnectRequest): Promise<Connected> {
    const client = this.client(token, apiUrl);
    requireScope(await client.viewer());
    const found = await client.organizationByLogin(organization.trim());
    if (!(await client.membership(found.login))) throw notAMember(found.login);
    const store = () =>
      inTransaction(this.dataSource, (manager) => {
        const sealedSecret = this.credentials.seal(teamId, token.trim());
        const address = addressOf(apiUrl ?? this.config.github.apiUrl);
        return save(manager, { teamId, apiUrl: address, sealedSecret }, found);
      });
    return store().catch((error: unknown) => {
      // Somebody else connected the same organization in the same moment, so theirs is the one to update.
      if (isDuplicate(error)) return store();
      throw error;
    });
  }

  private client(token: string, apiUrl?: string): GithubClient {
    if (!token.trim()) throw emptyToken();
    if (!PRINTABLE.test(token.trim())) throw brokenToken();
    const address = addressOf(apiUrl ?? this.config.github.apiUrl);
    return this.clients.for({ apiUrl: address, token: token.trim(), isUrgent: true });
  }
}

async function save(
  manager: EntityManager,
  { teamId, apiUrl, sealedSecret }: { teamId: number; apiUrl: string; sealedSecret: string },
  { id: organizationId, login: organizationLogin }: Organization,
): Promise<Connected> {
  const updatedAt = new Date();
  const key = { teamId, apiUrl, organizationId };
  const existing = await manager.findOneBy(GithubIntegration, key);
  if (existing) {
    await manager.update(Credential, { id: existing.credentialId }, { sealedSecret, updatedAt });
    await manager.update(GithubIntegration, { id: existing.id }, { organizationLogin, updatedAt });
    return { integration: { ...existing, organizationLogin, updatedAt }, replaced: true };
  }
  const times = { createdAt: updatedAt, updatedAt };
  const credential = await manager.save(
    manager.create(Credential, { teamId, kind: 'token', sealedSecret, ...times }),
  );
  const { id } = await manager.save(
    manager.create(GithubIntegration, {
      ...key,
      organizationLogin,
      credentialId: credential.id,
      ...times,
    }),
  );
  return { integration: await manager.findOneByOrFail(GithubIntegration, { id }), replaced: false };
}

/** @throws GithubFailure where it is no address, or holds more than one: a password in it would be shown to the team */
function addressOf(apiUrl: string): string {
  const url = parseUrl(apiUrl.trim());
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (isWeb && url.href === url.origin + url.pathname) return url.href.replace(/\/+$/, '');
  throw new GithubFailure(
    'api_url_not_allowed',
    'The API address is none, or has a user, a query or a fragment in it.',
    'Use one like https://api.github.com, or https://HOST/api/v3 of a GitHub Enterprise Server.',
  );
}

/** A classic token tells its scopes; without one of these GitHub shows public members only, and says nothing of it. */
function requireScope({ scopes }: Viewer): void {
  const enough = ['read:org', 'write:org', 'admin:org'];
  if (scopes && !scopes.some((scope) => enough.includes(scope)))
    throw missingPermission('read:org');
}

/** Anything else cannot stand in a header. */
const PRINTABLE = /^[\x21-\x7e]+$/;

const brokenToken = () =>
  new GithubFailure(
    'bad_credentials',
    'The token has a space in it, or a character that no token has.',
    'Copy it from GitHub once more.',
  );

const emptyToken = () =>
  new GithubFailure(
    'bad_credentials',
    'The token is empty.',
    'Paste a personal access token of GitHub: classic with the scope read:org, or fine-grained with "Members: read".',
  );

const notAMember = (organization: string) =>
  new GithubFailure(
    'visibility_reduced',
    `The token's owner is no member of ${organization}, so GitHub would show only its public members.`,
    'Use the token of one of its members.',
  );
