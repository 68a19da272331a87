import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ChannelColumns } from './channels/channel-columns.js';
import { ChannelTest } from './channels/channel-test.js';
import { NotificationChannels } from './channels/notification-channels.service.js';
import { ChannelDeliveries } from './delivery/channel-deliveries.service.js';
import { NotificationDelivery } from './delivery/notification-delivery.entity.js';
import { NotificationWakeUp } from './delivery/notification-wake-up.js';
import { NotificationMessage } from './messages/notification-message.entity.js';
import { ChannelSender } from './sending/channel-sender.js';
import { EmailSender } from './sending/email-sender.js';
import { OutboundPost } from './sending/outbound-post.js';

/** Channels to which a team is told what happens, and their deliveries. */
@Module({
  imports: [
    IntegrationsModule,
    TypeOrmModule.forFeature([NotificationDelivery, NotificationMessage]),
  ],
  providers: [
    ChannelColumns,
    ChannelDeliveries,
    ChannelSender,
    ChannelTest,
    EmailSender,
    NotificationChannels,
    NotificationWakeUp,
    OutboundPost,
  ],
  exports: [
    ChannelDeliveries,
    ChannelSender,
    ChannelTest,
    NotificationChannels,
    NotificationWakeUp,
  ],
})
export class NotificationsModule {}
