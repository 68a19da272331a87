import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { GithubClient } from '../github/github-client.js';
import { GithubFailure } from '../github/github-failure.js';
import type { PinnedOrganization } from '../github/list-source.js';
import { findPinned } from '../github/pinned-organization.js';
import { type Sight, sightOf } from '../github/sight.js';
import { GithubCredentials } from './github-credentials.service.js';
import { GithubIntegration } from './github-integration.entity.js';
import type { RunLease } from './run-lease.js';
import type { RunProgress } from './run-progress.js';

/** An organization, and what a run may see of it. */
export interface OrganizationAccess {
  client: GithubClient;
  organization: PinnedOrganization;
  sight: Sight;
}

/** Knows which organization a run is about: the one with that id, whatever it is called now. */
@Injectable()
export class OrganizationAccesses {
  constructor(
    private readonly dataSource: DataSource,
    private readonly credentials: GithubCredentials,
  ) {}

  /** @throws GithubFailure; `visibility_reduced` where GitHub would show public members only */
  async open(
    lease: RunLease,
    progress: RunProgress,
    signal: AbortSignal,
  ): Promise<OrganizationAccess> {
    const id = lease.run.integrationId;
    const integration = await this.dataSource.manager.findOneByOrFail(GithubIntegration, { id });
    const client = await this.credentials.clientFor(integration, signal);
    progress.count(client);
    const login = integration.organizationLogin;
    const pinned = { id: integration.organizationId, login };
    const [organization, asNamed] = await Promise.all([
      findPinned(client, pinned),
      sightOf(client, login),
    ]);
    const isRenamed = organization.login !== login;
    const sight = isRenamed ? await sightOf(client, organization.login) : asNamed;
    if (isRenamed) await this.rename(lease, organization.login);
    if (!sight) throw visibilityReduced(organization.login);
    return { client, organization, sight };
  }

  private async rename(lease: RunLease, organizationLogin: string): Promise<void> {
    await lease.write(async (manager) => {
      const renamed = { organizationLogin, updatedAt: new Date() };
      await manager.update(GithubIntegration, { id: lease.run.integrationId }, renamed);
      return {};
    });
  }
}

const visibilityReduced = (login: string) =>
  new GithubFailure(
    'visibility_reduced',
    `The token's owner is no member of ${login}, so GitHub shows only its public members. Nobody was removed.`,
    'Connect the organization again with the token of one of its members.',
  );
