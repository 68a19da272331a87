import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import type { Config } from '../../../config/config.js';
import { CONFIG } from '../../../config/config.module.js';
import { GithubClients } from '../../../github/client/github-clients.js';
import type { HookOwner, HookQuestions } from '../../../github/client/hook-questions.js';
import { findPinned } from '../../../github/members/pinned-organization.js';
import { GithubCredentials } from '../../connections/github-credentials.js';
import { GithubIntegration } from '../../connections/github-integration.entity.js';
import { matching } from '../organization-hook.js';
import type { Webhook } from '../webhook.entity.js';
import { Webhooks } from '../webhooks.service.js';

/** Where GitHub lists a webhook's deliveries, and what asks there. */
export interface DeliverySource {
  hooks: HookQuestions;
  owner: HookOwner;
}

/** Finds where GitHub lists the deliveries of a webhook. */
@Injectable()
export class DeliverySources {
  constructor(
    private readonly dataSource: DataSource,
    private readonly webhooks: Webhooks,
    private readonly credentials: GithubCredentials,
    private readonly clients: GithubClients,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether GitHub sends to it, and not to the GitHub App's instead. */
  async isReceiving({ integrationId }: Webhook): Promise<boolean> {
    if (integrationId === null) return true;
    const integration = await this.integration(integrationId);
    return integration !== null && !(await this.webhooks.isOfApp(integration));
  }

  /** Null where GitHub has no such webhook. @throws GithubFailure if the credential may not ask */
  async open(webhook: Webhook, signal: AbortSignal): Promise<DeliverySource | null> {
    if (webhook.integrationId === null) {
      const { apiUrl } = this.config.github;
      const { hooks } = this.clients.for({ apiUrl, credential: { kind: 'app' }, signal });
      return { hooks, owner: 'app' };
    }
    const integration = await this.integration(webhook.integrationId);
    return integration && this.ofOrganization(integration, webhook, signal);
  }

  /** The integrations that a webhook tells of. */
  async integrations({ integrationId }: Webhook): Promise<number[]> {
    if (integrationId !== null) return [integrationId];
    const connected = { disconnectedAt: IsNull(), apiUrl: this.config.github.apiUrl };
    const all = await this.dataSource.manager.findBy(GithubIntegration, connected);
    const ofApp = await Promise.all(all.map((one) => this.webhooks.isOfApp(one)));
    return all.filter((_, index) => ofApp[index]).map(({ id }) => id);
  }

  private integration(id: number): Promise<GithubIntegration | null> {
    return this.dataSource.manager.findOneBy(GithubIntegration, { id });
  }

  private async ofOrganization(
    integration: GithubIntegration,
    { githubHookId }: Webhook,
    signal: AbortSignal,
  ): Promise<DeliverySource | null> {
    const { organizationId: id, organizationLogin: login } = integration;
    const { client } = await this.credentials.open(integration, { signal });
    const { login: org } = await findPinned(client, { id, login });
    const url = await this.webhooks.url(integration);
    const hook = matching(await client.hooks.list(org), { url, id: githubHookId });
    return hook ? { hooks: client.hooks, owner: { org, hookId: hook.id } } : null;
  }
}
