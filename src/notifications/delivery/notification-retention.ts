import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DataSource, In, LessThan } from 'typeorm';
import { DAY_MS } from '../../platform/dates.js';
import { Repeated } from '../../platform/process/repeated.js';
import { NotificationMessage } from '../messages/notification-message.entity.js';
import { NotificationDelivery } from './notification-delivery.entity.js';
import { TRIED_FOR_MS } from './retry-schedule.js';

/** In days. */
const KEEP_DAYS = 30;

const CLEAN_EVERY_SECONDS = 3_600;

/** Messages removed in one transaction, to keep it short: each may have a megabyte. */
const BATCH = 100;

/** Removes old messages with their deliveries, and ends the deliveries of channels that stay off. */
@Injectable()
export class NotificationRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated = new Repeated(NotificationRetention.name, CLEAN_EVERY_SECONDS, () =>
    this.prune(new Date()),
  );

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.repeated.start();
  }

  onModuleDestroy(): void {
    this.repeated.stop();
  }

  /** Removes and ends what is too old at `now`. */
  async prune(now: Date): Promise<void> {
    await this.endUntried(new Date(now.getTime() - TRIED_FOR_MS));
    const cutoff = new Date(now.getTime() - KEEP_DAYS * DAY_MS);
    while ((await this.pruneMessages(cutoff)) === BATCH);
  }

  /** Nobody tries these while their channel is off. */
  private async endUntried(cutoff: Date): Promise<void> {
    const isOff =
      'channel_id IN (SELECT id FROM notification_channels WHERE disabled_at IS NOT NULL)';
    await this.dataSource
      .createQueryBuilder()
      .update(NotificationDelivery)
      .set({ state: 'dead', error: 'The channel was off for as long as it would have been tried.' })
      .where({ state: 'pending', createdAt: LessThan(cutoff) })
      .andWhere(isOff)
      .execute();
  }

  private async pruneMessages(cutoff: Date): Promise<number> {
    const { manager } = this.dataSource;
    const old = await manager.find(NotificationMessage, {
      select: { id: true },
      where: { createdAt: LessThan(cutoff) },
      take: BATCH,
    });
    if (old.length > 0)
      await manager.delete(NotificationMessage, { id: In(old.map(({ id }) => id)) });
    return old.length;
  }
}
