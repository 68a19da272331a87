import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../../config/config.js';
import { CONFIG } from '../../../config/config.module.js';
import { Secrets } from '../../../platform/secrets/secrets.js';
import { GithubIntegration } from '../../connections/github-integration.entity.js';
import { Webhook } from '../webhook.entity.js';
import { acceptedSecrets, always } from '../webhook-secret.js';
import { APP_KEY, Webhooks } from '../webhooks.service.js';
import { Receiver, type ReceiverRow } from './receiver.js';

/** How long known addresses and secrets are used without reading them again, in ms. */
const FRESH_MS = 1_000;

/** From one read to the next, at least, in ms: strangers may try any number of addresses. */
const PAUSE_MS = 200;

/** All addresses, read a few times a second at most, however many deliveries come. */
@Injectable()
export class Receivers {
  private known = new Map<string, Receiver>();
  /** When the read began that `known` comes from, and the last one, in ms of a clock that only goes forward. */
  private knownAt = Number.NEGATIVE_INFINITY;
  private startedAt = Number.NEGATIVE_INFINITY;
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
    private readonly webhooks: Webhooks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The receiver of the GitHub App; undefined without GITHUB_WEBHOOK_SECRET. */
  async ofApp(): Promise<Receiver | undefined> {
    if (!this.config.github.webhookSecret) return undefined;
    const found = await this.find(APP_KEY);
    if (found) return found;
    await this.webhooks.ofApp();
    return this.find(APP_KEY);
  }

  /** The receiver of an integration's own address. */
  async ofIntegration(urlKey: string): Promise<Receiver | undefined> {
    return urlKey === APP_KEY ? undefined : this.find(urlKey);
  }

  /** An address that is not known yet is looked for in what is committed now: GitHub calls a new one at once. */
  private async find(urlKey: string): Promise<Receiver | undefined> {
    const known = this.known.get(urlKey);
    if (known && performance.now() - this.knownAt < FRESH_MS) return known;
    this.next ??= this.readSoon(this.current);
    await this.next;
    return this.known.get(urlKey);
  }

  /** All who call before the read begins share it. */
  private async readSoon(current: Promise<void>): Promise<void> {
    const pause = Math.max(0, this.startedAt + PAUSE_MS - performance.now());
    await Promise.allSettled([current, delay(pause)]);
    this.next = undefined;
    this.current = this.read();
    await this.current;
  }

  private async read(): Promise<void> {
    const startedAt = performance.now();
    this.startedAt = startedAt;
    const rows = await this.rows();
    this.known = new Map(rows.map((row) => [row.urlKey, this.receiverOf(row)]));
    this.knownAt = startedAt;
  }

  private receiverOf(row: ReceiverRow): Receiver {
    const { webhookSecret } = this.config.github;
    if (row.urlKey !== APP_KEY) return new Receiver(row, () => acceptedSecrets(this.secrets, row));
    return new Receiver(row, () => (webhookSecret ? [always(webhookSecret)] : []));
  }

  private async rows(): Promise<ReceiverRow[]> {
    const { entities, raw } = await this.dataSource
      .createQueryBuilder(Webhook, 'webhook')
      .select([
        'webhook.id',
        'webhook.integrationId',
        'webhook.urlKey',
        'webhook.sealedSecret',
        'webhook.sealedPreviousSecrets',
      ])
      .leftJoin(GithubIntegration, 'integration', 'integration.id = webhook.integrationId')
      .addSelect('integration.organizationId', 'organizationId')
      .getRawAndEntities();
    return entities.map((webhook, i) => ({
      ...webhook,
      organizationId: raw[i].organizationId === null ? null : Number(raw[i].organizationId),
    }));
  }
}
