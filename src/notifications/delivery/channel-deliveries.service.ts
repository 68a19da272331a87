import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { auditChannel } from '../channels/audit-channel.js';
import { channelOff, deliveryNotFound } from '../channels/channel-failures.js';
import { NotificationDelivery } from './notification-delivery.entity.js';
import { NotificationWakeUp } from './notification-wake-up.js';

/** Shows the deliveries of a channel, and sends one again. */
@Injectable()
export class ChannelDeliveries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly wakeUp: NotificationWakeUp,
  ) {}

  /** Newest first. @param before only those with a smaller id */
  list(
    { id: channelId }: NotificationChannel,
    limit: number,
    before?: number,
  ): Promise<NotificationDelivery[]> {
    return this.query(this.dataSource.manager)
      .where({ channelId, ...(before !== undefined && { id: LessThan(before) }) })
      .orderBy('delivery.id', 'DESC')
      .limit(limit)
      .getMany();
  }

  /**
   * Sends the same message again, with the same id. One that is still tried is tried now; of any other, there is a new
   * delivery, behind those that wait.
   * @throws PublicError 404 `delivery_not_found`, also for another team's; 409 `channel_off`
   */
  async redeliver(teamId: number, id: number): Promise<NotificationDelivery> {
    const again = await inTransaction(this.dataSource, async (manager) => {
      const delivery = await this.query(manager)
        .innerJoin(NotificationChannel, 'channel', 'channel.id = delivery.channel_id')
        .where('delivery.id = :id AND channel.team_id = :teamId', { id, teamId })
        .getOne();
      if (!delivery) throw deliveryNotFound();
      const { channelId } = delivery;
      const { disabledAt } = await manager.findOneByOrFail(NotificationChannel, { id: channelId });
      if (disabledAt) throw channelOff();
      const sentId = await sendAgain(manager, delivery);
      await auditChannel(manager, channelId, {
        action: 'notification_channel.redeliver',
        after: { message: delivery.message.messageId, type: delivery.message.type },
      });
      return this.query(manager).where({ id: sentId }).getOneOrFail();
    });
    await this.wakeUp.add({ channelId: again.channelId });
    return again;
  }

  /** With the message, but not its body. */
  private query(manager: EntityManager) {
    return manager
      .createQueryBuilder(NotificationDelivery, 'delivery')
      .innerJoin('delivery.message', 'message')
      .addSelect(['message.id', 'message.messageId', 'message.type', 'message.createdAt']);
  }
}

/** Returns the id of the delivery that is tried. */
async function sendAgain(manager: EntityManager, delivery: NotificationDelivery): Promise<number> {
  const { id, channelId, messageRowId, integrationId } = delivery;
  const now = new Date();
  const pending = { id, state: 'pending' } as const;
  const { affected } = await manager.update(NotificationDelivery, pending, { nextTryAt: now });
  if (affected === 1) return id;
  const again = await manager.save(NotificationDelivery, {
    ...{ channelId, messageRowId, integrationId, redeliversId: id },
    ...{ state: 'pending' as const, nextTryAt: now, createdAt: now },
  });
  return again.id;
}
