import { Inject, Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Between, DataSource, IsNull } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { Credential } from '../../integrations/connections/credential.entity.js';
import { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import type { NoticeEvent } from '../../integrations/outbox/event-types.js';
import { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';
import { Webhook } from '../../integrations/webhooks/webhook.entity.js';
import { isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { DAY_MS } from '../../platform/dates.js';
import { Repeated } from '../../platform/process/repeated.js';
import { listeners } from './listeners.js';
import { toldIntegration } from './message-body.js';
import { NotificationMessage } from './notification-message.entity.js';
import { storeMessage, targetOf } from './store-message.js';

const LOOK_EVERY_SECONDS = 3_600;

/** How long before its end the expiry of a credential is told, in ms. */
const EXPIRES_SOON_MS = 7 * DAY_MS;

/** A webhook without a delivery for this long may be silent, in ms. */
const SILENT_AFTER_MS = DAY_MS;

interface Notice {
  integration: GithubIntegration;
  type: NoticeEvent;
  /** Names what is told, so that it is told once. */
  toldOnce: string;
  after: object;
}

/** Tells what no run finds: credentials that expire soon, and webhooks that do not tell what syncs find. */
@Injectable()
export class PeriodicNotices implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated = new Repeated(PeriodicNotices.name, LOOK_EVERY_SECONDS, () =>
    this.tell(new Date()),
  );

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.repeated.start();
  }

  onModuleDestroy(): void {
    this.repeated.stop();
  }

  /** Stores what is to be told at `now` and was not told yet. */
  async tell(now: Date): Promise<void> {
    for (const notice of [...(await this.expiring(now)), ...(await this.silent(now))])
      await this.store(notice, now).catch((error: unknown) => {
        // Another process told it at the same moment.
        if (!isDuplicate(error)) throw error;
      });
  }

  private async expiring(now: Date): Promise<Notice[]> {
    const { manager } = this.dataSource;
    const expiresAt = Between(now, new Date(now.getTime() + EXPIRES_SOON_MS));
    const notices: Notice[] = [];
    for (const { id, expiresAt: at } of await manager.findBy(Credential, { expiresAt })) {
      const where = { credentialId: id, disconnectedAt: IsNull() };
      for (const integration of await manager.findBy(GithubIntegration, where))
        notices.push({
          ...{ integration, type: 'credential.expiring', after: { expiresAt: at } },
          toldOnce: `credential.expiring ${integration.id} ${at?.toISOString()}`,
        });
    }
    return notices;
  }

  /** Webhooks that once had deliveries, and none since whole syncs found something that they should have told. */
  private async silent(now: Date): Promise<Notice[]> {
    const { manager } = this.dataSource;
    const webhooks = await manager
      .createQueryBuilder(Webhook, 'webhook')
      .where('webhook.last_delivery_at < :before', {
        before: new Date(now.getTime() - SILENT_AFTER_MS),
      })
      .andWhere(
        (query) =>
          `EXISTS ${query
            .subQuery()
            .select('run.id')
            .from(MemberSyncRun, 'run')
            .where('run.integration_id = webhook.integration_id AND run.missed > 0')
            .andWhere('run.started_at > webhook.last_delivery_at')
            .getQuery()}`,
      )
      .getMany();
    const notices: Notice[] = [];
    for (const { integrationId, lastDeliveryAt, lastEvent } of webhooks) {
      const where = { id: integrationId ?? 0, disconnectedAt: IsNull() };
      const integration = await manager.findOneBy(GithubIntegration, where);
      if (integration)
        notices.push({
          ...{ integration, type: 'webhook.silent', after: { lastDeliveryAt, lastEvent } },
          toldOnce: `webhook.silent ${integration.id} ${lastDeliveryAt?.toISOString()}`,
        });
    }
    return notices;
  }

  private store({ integration, type, toldOnce, after }: Notice, now: Date): Promise<void> {
    const { id: integrationId, teamId } = integration;
    const { publicUrl } = this.config;
    const url = publicUrl ? `${publicUrl}/integrations/github/${integrationId}/settings` : null;
    const data = { integration: toldIntegration(integration), run: null, url, before: null, after };
    const body = { type, timestamp: now.toISOString(), data };
    return inTransaction(this.dataSource, async (manager) => {
      if (await manager.existsBy(NotificationMessage, { teamId, toldOnce })) return;
      const channels = (await listeners(manager, integration)).filter(({ events }) =>
        events.includes(type),
      );
      const message = { teamId, integrationId, body, toldOnce };
      await storeMessage(manager, message, channels.map(targetOf));
    });
  }
}
