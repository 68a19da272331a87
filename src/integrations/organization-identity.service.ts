import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GithubClient } from '../github/github-client.js';
import { GithubCredentials } from './github-credentials.service.js';
import { GithubIntegration } from './github-integration.entity.js';
import type { RunLease } from './run-lease.js';
import type { RunProgress } from './run-progress.js';

/** Knows which organization a run is about: the one with that id, whatever it is called now. */
@Injectable()
export class OrganizationIdentity {
  constructor(
    private readonly dataSource: DataSource,
    private readonly credentials: GithubCredentials,
  ) {}

  /** A client for it, and its present login, which is kept. */
  async of(
    lease: RunLease,
    progress: RunProgress,
    signal: AbortSignal,
  ): Promise<{ client: GithubClient; login: string }> {
    const id = lease.run.integrationId;
    const integration = await this.dataSource.manager.findOneByOrFail(GithubIntegration, { id });
    const client = await this.credentials.clientFor(integration, signal);
    progress.count(client);
    const { login } = await client.organizationById(integration.organizationId);
    if (login !== integration.organizationLogin) await this.rename(lease, login);
    return { client, login };
  }

  private async rename(lease: RunLease, organizationLogin: string): Promise<void> {
    await lease.write(async (manager) => {
      const renamed = { organizationLogin, updatedAt: new Date() };
      await manager.update(GithubIntegration, { id: lease.run.integrationId }, renamed);
      return {};
    });
  }
}
