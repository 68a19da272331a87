import { Inject, Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { OutboxEntry } from '../../integrations/outbox/outbox-entry.entity.js';
import { Repeated } from '../../platform/process/repeated.js';
import { DueDeliveries } from './due-deliveries.js';
import { NotificationWakeUp } from './notification-wake-up.js';

/** Adds what waits in the outbox, and channels with deliveries that are due, to the queue. */
@Injectable()
export class NotificationSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated: Repeated;

  constructor(
    private readonly dataSource: DataSource,
    private readonly due: DueDeliveries,
    private readonly wakeUp: NotificationWakeUp,
    @Inject(CONFIG) { sync }: Config,
  ) {
    this.repeated = new Repeated(NotificationSweeper.name, sync.sweepSeconds, () => this.sweep());
  }

  onApplicationBootstrap(): void {
    this.repeated.start(0);
  }

  onModuleDestroy(): void {
    this.repeated.stop();
  }

  async sweep(): Promise<void> {
    for (const integrationId of await this.waiting()) await this.wakeUp.add({ integrationId });
    for (const channelId of await this.due.channels()) await this.wakeUp.add({ channelId });
  }

  /** The integrations with entries in the outbox. */
  private async waiting(): Promise<number[]> {
    const rows = await this.dataSource
      .createQueryBuilder(OutboxEntry, 'entry')
      .select('DISTINCT entry.integration_id', 'id')
      .getRawMany<{ id: number }>();
    return rows.map(({ id }) => id);
  }
}
