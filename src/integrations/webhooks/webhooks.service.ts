import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { forUpdate, isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { auditIntegration } from '../connections/audit-integration.js';
import { Credential } from '../connections/credential.entity.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import { Webhook } from './webhook.entity.js';
import { secretOfApp } from './webhook-failures.js';
import { makeAddress, replaceSecret } from './webhook-secret.js';

/** `urlKey` of the GitHub App's own row: no address ends like this. */
export const APP_KEY = 'app';

export const WEBHOOK_PATH = '/webhooks/github';

/** The addresses to which GitHub sends deliveries, and their secrets. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The webhook of an integration, made when it is first asked for. */
  of(integrationId: number): Promise<Webhook> {
    return this.findOrMake({ integrationId }, makeAddress(this.secrets));
  }

  /** What receives the deliveries of the GitHub App. */
  ofApp(): Promise<Webhook> {
    return this.findOrMake({ urlKey: APP_KEY }, { urlKey: APP_KEY, sealedSecret: '' });
  }

  /** Whether GitHub tells it at the GitHub App's one address. */
  async isOfApp({ apiUrl, credentialId }: GithubIntegration): Promise<boolean> {
    const { apiUrl: own, webhookSecret } = this.config.github;
    if (!webhookSecret || apiUrl !== own) return false;
    const installation = { id: credentialId, kind: 'installation' } as const;
    return this.dataSource.manager.existsBy(Credential, installation);
  }

  /** The address to enter at GitHub. */
  async url(integration: GithubIntegration): Promise<string> {
    const address = `${this.config.publicUrl}${WEBHOOK_PATH}`;
    if (await this.isOfApp(integration)) return address;
    return `${address}/${(await this.of(integration.id)).urlKey}`;
  }

  /**
   * Replaces the secret and returns the new one. It is never shown again. The old one is accepted for another hour.
   * @throws PublicError `webhook_secret_of_app` where GITHUB_WEBHOOK_SECRET is the secret
   */
  async replaceSecret(integration: GithubIntegration): Promise<string> {
    if (await this.isOfApp(integration)) throw secretOfApp();
    const { id } = await this.of(integration.id);
    return inTransaction(this.dataSource, async (manager) => {
      const webhook = await forUpdate(
        manager.createQueryBuilder(Webhook, 'webhook').where({ id }),
      ).getOneOrFail();
      const { secret, columns } = replaceSecret(this.secrets, webhook, Date.now());
      await manager.update(Webhook, { id }, columns);
      await auditIntegration(manager, integration.id, { action: 'webhook.secret' });
      return secret;
    });
  }

  private async findOrMake(
    where: { integrationId: number } | { urlKey: string },
    made: Pick<Webhook, 'urlKey' | 'sealedSecret'>,
  ): Promise<Webhook> {
    const { manager } = this.dataSource;
    const found = await manager.findOneBy(Webhook, where);
    if (found) return found;
    const row = { ...made, ...where, createdAt: new Date() };
    await manager.insert(Webhook, row).catch((error: unknown) => {
      // Another request made it at the same moment.
      if (!isDuplicate(error)) throw error;
    });
    return manager.findOneByOrFail(Webhook, where);
  }
}
