import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { NOTIFICATIONS_QUEUE } from '../../platform/queue/queue.module.js';
import { OutboxExpansion } from '../messages/outbox-expansion.js';
import { ChannelDelivery } from './channel-delivery.js';
import { type NotificationJob, NotificationWakeUp } from './notification-wake-up.js';

/** Makes messages of what the outbox names, and sends what is due. */
@Processor(NOTIFICATIONS_QUEUE)
export class NotificationsProcessor {
  constructor(
    private readonly expansion: OutboxExpansion,
    private readonly delivery: ChannelDelivery,
    private readonly wakeUp: NotificationWakeUp,
  ) {}

  @Process()
  async handle({ data }: Job<NotificationJob>): Promise<void> {
    if ('channelId' in data) return this.delivery.deliver(data.channelId);
    for (const channelId of await this.expansion.expand(data.integrationId))
      await this.wakeUp.add({ channelId });
  }
}
