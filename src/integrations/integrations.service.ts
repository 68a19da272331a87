import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { PublicError } from '../platform/public-error.js';
import { Credential } from './credential.entity.js';
import { GithubIntegration } from './github-integration.entity.js';

/** Reads and removes a team's integrations; never another team's. */
@Injectable()
export class IntegrationsService {
  constructor(private readonly dataSource: DataSource) {}

  list(teamId: number): Promise<GithubIntegration[]> {
    return this.dataSource.manager.find(GithubIntegration, {
      where: { teamId },
      order: { organizationLogin: 'ASC', id: 'ASC' },
    });
  }

  /** @throws PublicError 404, for another team's as well: nobody learns that it exists */
  async get(teamId: number, id: number): Promise<GithubIntegration> {
    const integration = await this.dataSource.manager.findOneBy(GithubIntegration, { teamId, id });
    if (integration) return integration;
    throw new PublicError(
      404,
      'integration_not_found',
      'Your team has no such integration.',
      'Choose one of those that are listed under Integrations.',
    );
  }

  /** Those that a person may mean: by present login, in any case, or by id. */
  async matching(teamId: number, reference: string): Promise<GithubIntegration[]> {
    const login = reference.toLowerCase();
    const all = await this.list(teamId);
    return all.filter(
      ({ id, organizationLogin }) =>
        String(id) === reference || organizationLogin.toLowerCase() === login,
    );
  }

  /** Disconnects the organization, and deletes its directory, its runs and its credential. */
  async remove({ id, credentialId }: GithubIntegration): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await manager.delete(GithubIntegration, { id });
      await manager.delete(Credential, { id: credentialId });
    });
  }
}
