import { Module } from '@nestjs/common';
import { Attempts } from './delivery/attempts.js';
import { ChannelClaims } from './delivery/channel-claims.js';
import { ChannelDelivery } from './delivery/channel-delivery.js';
import { Digests } from './delivery/digests.js';
import { DueDeliveries } from './delivery/due-deliveries.js';
import { NotificationRetention } from './delivery/notification-retention.js';
import { NotificationSweeper } from './delivery/notification-sweeper.js';
import { NotificationsProcessor } from './delivery/notifications.processor.js';
import { OutboxExpansion } from './messages/outbox-expansion.js';
import { PeriodicNotices } from './messages/periodic-notices.js';
import { ToldChangesReader } from './messages/told-changes.js';
import { ToldRunReader } from './messages/told-run.js';
import { NotificationsModule } from './notifications.module.js';

/** Only for a process that works on queues: it sends what channels are to be told. */
@Module({
  imports: [NotificationsModule],
  providers: [
    Attempts,
    ChannelClaims,
    ChannelDelivery,
    Digests,
    DueDeliveries,
    NotificationRetention,
    NotificationSweeper,
    NotificationsProcessor,
    OutboxExpansion,
    PeriodicNotices,
    ToldChangesReader,
    ToldRunReader,
  ],
})
export class NotificationWorkerModule {}
