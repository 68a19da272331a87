import { Injectable } from '@nestjs/common';
import { DataSource, MoreThanOrEqual } from 'typeorm';
import { DAY_MS } from '../../platform/dates.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { Webhooks } from './webhooks.service.js';

/** Over how many days missed changes are counted. */
export const MISSED_DAYS = 30;

/** What came to an integration's webhook. */
export interface ShownWebhook {
  url: string;
  /** Whether it is the GitHub App's, for all of its installations. */
  isOfApp: boolean;
  /** Whether Rollcall made it at GitHub. */
  isMade: boolean;
  createdAt: Date;
  lastDeliveryAt: Date | null;
  lastEvent: string | null;
  lastPingAt: Date | null;
  accepted: number;
  ignored: number;
  refused: number;
  /** Changes that whole syncs found and no delivery had told. */
  missed: number;
}

/** Shows whether deliveries arrive. */
@Injectable()
export class WebhookStatus {
  constructor(
    private readonly dataSource: DataSource,
    private readonly webhooks: Webhooks,
  ) {}

  /** Of a connected integration; a webhook that is shown for the first time is made. */
  async of(integration: GithubIntegration, now = new Date()): Promise<ShownWebhook> {
    const { id } = integration;
    const { createdAt, lastDeliveryAt, lastEvent, accepted, ignored, githubHookId, ...own } =
      await this.webhooks.of(id);
    const isOfApp = await this.webhooks.isOfApp(integration);
    // Refused deliveries and pings of the App name no integration.
    const { lastPingAt, refused } = isOfApp ? await this.webhooks.ofApp() : own;
    return {
      ...{
        url: await this.webhooks.url(integration),
        isOfApp,
        isMade: githubHookId !== null,
        createdAt,
      },
      ...{ lastDeliveryAt, lastEvent, lastPingAt, accepted, ignored, refused },
      missed: await this.missed(id, new Date(now.getTime() - MISSED_DAYS * DAY_MS)),
    };
  }

  private async missed(integrationId: number, since: Date): Promise<number> {
    const found = await this.dataSource
      .createQueryBuilder(MemberSyncRun, 'run')
      .select('SUM(run.missed)', 'missed')
      .where({ integrationId, finishedAt: MoreThanOrEqual(since) })
      .getRawOne<{ missed: string | number | null }>();
    return Number(found?.missed ?? 0);
  }
}

/** For the API. */
export const presentWebhook = (webhook: ShownWebhook) => ({
  url: webhook.url,
  createdAt: webhook.createdAt.toISOString(),
  lastDeliveryAt: webhook.lastDeliveryAt?.toISOString() ?? null,
  lastEvent: webhook.lastEvent,
  accepted: webhook.accepted,
  ignored: webhook.ignored,
  refused: webhook.refused,
  missed: webhook.missed,
});
