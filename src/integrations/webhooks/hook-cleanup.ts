import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { findPinned } from '../../github/members/pinned-organization.js';
import { PublicError } from '../../platform/public-error.js';
import { GithubCredentials } from '../connections/github-credentials.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { Webhook } from './webhook.entity.js';

/** Removes webhooks at GitHub. @returns why some are still there */
export type HookRemoval = () => Promise<PublicError[]>;

/** Removes the webhooks that Rollcall made at GitHub, when their integrations go. */
@Injectable()
export class HookCleanup {
  private readonly logger = new Logger(HookCleanup.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly credentials: GithubCredentials,
  ) {}

  /** To be called before the integrations go: what removes their webhooks afterwards, when the credentials are deleted. */
  async prepare(of: { id: number } | { teamId: number }): Promise<HookRemoval> {
    const { manager } = this.dataSource;
    const integrations = await manager.findBy(GithubIntegration, {
      ...of,
      disconnectedAt: IsNull(),
    });
    const webhooks = await manager.findBy(Webhook, {
      integrationId: In(integrations.map(({ id }) => id)),
      githubHookId: Not(IsNull()),
    });
    const hookIds = new Map(webhooks.map((one) => [one.integrationId, one.githubHookId]));
    const removals = await Promise.all(
      integrations.map((one) => this.removal(one, hookIds.get(one.id) ?? null)),
    );
    return async () => (await Promise.all(removals.map((remove) => remove()))).flat();
  }

  private async removal(
    integration: GithubIntegration,
    hookId: number | null,
  ): Promise<HookRemoval> {
    if (hookId === null) return async () => [];
    const { organizationId: id, organizationLogin: login } = integration;
    const opened = this.credentials.open(integration, { isUrgent: true });
    await opened.catch(() => undefined);
    return async () => {
      try {
        const { client } = await opened;
        const { login: org } = await findPinned(client, { id, login });
        const isThere = (await client.hooks.list(org)).some((hook) => hook.id === hookId);
        if (isThere) await client.hooks.remove(org, hookId);
        return [];
      } catch (error) {
        if (!(error instanceof PublicError)) throw error;
        this.logger.warn(`The webhook of ${login} is still on GitHub: ${error.message}`);
        return [error];
      }
    };
  }
}
