import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HookQuestions, HookSettings } from '../../github/client/hook-questions.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import { findPinned } from '../../github/members/pinned-organization.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { auditIntegration } from '../connections/audit-integration.js';
import { GithubCredentials } from '../connections/github-credentials.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import { lockConnected } from '../connections/lock-connected.js';
import { Webhook } from './webhook.entity.js';
import { acceptedSecrets } from './webhook-secret.js';
import { Webhooks } from './webhooks.service.js';

/** What GitHub is to tell: who is in the organization, in its teams, and in its repositories. */
export const HOOK_EVENTS = ['organization', 'membership', 'team', 'member'] as const;

/** Makes and removes an integration's webhook at GitHub, where the credential may. */
@Injectable()
export class OrganizationHooks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly webhooks: Webhooks,
    private readonly credentials: GithubCredentials,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Makes it, or sets one right that GitHub has already for this address.
   * @returns whether it is new
   * @throws GithubFailure `missing_permission` or `webhook_refused`; PublicError `webhook_of_app`
   */
  async make(integration: GithubIntegration): Promise<boolean> {
    if (await this.webhooks.isOfApp(integration)) throw hookOfApp();
    const { hooks, org, webhook } = await this.at(integration);
    const url = await this.webhooks.url(integration);
    const secret = await this.secret(integration, webhook);
    const settings = { url, secret, events: HOOK_EVENTS };
    const { id, isNew } = await put(hooks, org, settings, webhook.githubHookId);
    try {
      await this.keep(integration, id, webhook.githubHookId === id ? null : 'webhook.make');
    } catch (error) {
      // Disconnected meanwhile: GitHub would send deliveries to nobody.
      await hooks.remove(org, id);
      throw error;
    }
    return isNew;
  }

  /** @throws GithubFailure `missing_permission` */
  async remove(integration: GithubIntegration): Promise<void> {
    const { hooks, org, webhook } = await this.at(integration);
    const url = await this.webhooks.url(integration);
    const found = matching(await hooks.list(org), { url, id: webhook.githubHookId });
    if (found) await hooks.remove(org, found.id);
    await this.keep(integration, null, found ? 'webhook.remove' : null);
  }

  /**
   * Replaces the secret, also at GitHub if Rollcall made the webhook there. Where that fails, the webhook counts as one made
   * by hand from now on.
   * @returns the secret, and why GitHub does not have it
   */
  async replaceSecret(
    integration: GithubIntegration,
  ): Promise<{ secret: string; failure: PublicError | null }> {
    const { githubHookId } = await this.webhooks.of(integration.id);
    const secret = await this.webhooks.replaceSecret(integration);
    if (githubHookId === null) return { secret, failure: null };
    try {
      await this.make(integration);
      return { secret, failure: null };
    } catch (error) {
      // The secret is replaced already, and would never be shown.
      if (!(error instanceof PublicError)) throw error;
      await this.keep(integration, null, null);
      return { secret, failure: error };
    }
  }

  private async at(integration: GithubIntegration) {
    const { organizationId: id, organizationLogin: login } = integration;
    const { client } = await this.credentials.open(integration, { isUrgent: true });
    const { login: org } = await findPinned(client, { id, login });
    return { hooks: client.hooks, org, webhook: await this.webhooks.of(integration.id) };
  }

  /** A new one where another SECRET_KEY has sealed the present one. */
  private async secret(integration: GithubIntegration, webhook: Webhook): Promise<string> {
    const present = acceptedSecrets(this.secrets, webhook).find(
      ({ until }) => !Number.isFinite(until),
    );
    return present?.secret ?? (await this.webhooks.replaceSecret(integration));
  }

  private async keep(
    { id: integrationId }: GithubIntegration,
    githubHookId: number | null,
    action: 'webhook.make' | 'webhook.remove' | null,
  ): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await lockConnected(manager, integrationId);
      await manager.update(Webhook, { integrationId }, { githubHookId });
      if (action) await auditIntegration(manager, integrationId, { action });
    });
  }
}

/** Of several requests at the same moment, GitHub accepts one; the others find its webhook then. */
async function put(
  hooks: HookQuestions,
  org: string,
  settings: HookSettings,
  knownId: number | null,
): Promise<{ id: number; isNew: boolean }> {
  const update = async () => {
    const found = matching(await hooks.list(org), { url: settings.url, id: knownId });
    if (found) await hooks.update(org, found.id, settings);
    return found && { id: found.id, isNew: false };
  };
  const there = await update();
  if (there) return there;
  try {
    return { id: await hooks.create(org, settings), isNew: true };
  } catch (error) {
    const isRefused = error instanceof GithubFailure && error.code === 'webhook_refused';
    const made = isRefused ? await update() : undefined;
    if (!made) throw error;
    return made;
  }
}

type Listed = Awaited<ReturnType<HookQuestions['list']>>[number];

/** By the address first: PUBLIC_URL may have changed since the webhook with this id was made. */
export const matching = (
  all: Listed[],
  { url, id }: { url: string; id: number | null },
): Listed | undefined => all.find((one) => one.url === url) ?? all.find((one) => one.id === id);

export const hookOfApp = () =>
  new PublicError(
    409,
    'webhook_of_app',
    'The GitHub App has one webhook for all of its installations. It needs none in the organization.',
    'Ask the operator to set its address and secret in the settings of the App at GitHub.',
  );
