import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import { databaseTime } from '../../platform/database/dialect.js';
import { Digests } from './digests.js';
import { NotificationDelivery } from './notification-delivery.entity.js';

/** The first delivery of each channel and integration; those behind it wait, which keeps the order. */
const IS_FIRST = `delivery.id IN (SELECT MIN(first.id) FROM notification_deliveries first
  WHERE first.state = 'pending' GROUP BY first.channel_id, first.integration_id)`;
const IS_FIRST_OF_CHANNEL = IS_FIRST.replace(
  "'pending'",
  "'pending' AND first.channel_id = :channelId",
);

/** Finds the deliveries whose turn it is. */
@Injectable()
export class DueDeliveries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly digests: Digests,
  ) {}

  /** The next one of a channel, with its message. What is due for a digest becomes one first. */
  async next(channelId: number): Promise<NotificationDelivery | null> {
    const first = await this.first(channelId);
    if (!first?.forDigest) return first;
    return (await this.digests.gather(channelId)) > 0 ? this.next(channelId) : null;
  }

  private first(channelId: number): Promise<NotificationDelivery | null> {
    return this.due(IS_FIRST_OF_CHANNEL)
      .setParameter('channelId', channelId)
      .innerJoinAndSelect('delivery.message', 'message')
      .orderBy('delivery.id')
      .limit(1)
      .getOne();
  }

  /** The channels that are on, have one, and are not worked on. */
  async channels(): Promise<number[]> {
    const now = databaseTime(this.dataSource);
    const rows = await this.due(IS_FIRST)
      .innerJoin(NotificationChannel, 'channel', 'channel.id = delivery.channel_id')
      .select('DISTINCT delivery.channel_id', 'id')
      .andWhere('channel.disabled_at IS NULL')
      .andWhere(`(channel.leased_until IS NULL OR channel.leased_until < ${now})`)
      .getRawMany<{ id: number }>();
    return rows.map(({ id }) => id);
  }

  private due(isFirst: string): SelectQueryBuilder<NotificationDelivery> {
    return this.dataSource
      .createQueryBuilder(NotificationDelivery, 'delivery')
      .where(isFirst)
      .andWhere('delivery.next_try_at <= :now', { now: new Date() });
  }
}
