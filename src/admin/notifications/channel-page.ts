import { Injectable } from '@nestjs/common';
import type { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import type { ChannelSettings } from '../../notifications/channels/channel-settings.js';
import { ChannelDeliveries } from '../../notifications/delivery/channel-deliveries.service.js';
import type { NotificationDelivery } from '../../notifications/delivery/notification-delivery.entity.js';
import type { Attempt } from '../../notifications/sending/attempt.js';
import { ChannelsPage, rowOf } from './channels-page.js';

const DELIVERIES_PER_PAGE = 30;

interface More {
  notice?: string | undefined;
  /** A secret that was just made. */
  secret?: string | null;
  test?: Attempt;
  typed?: ChannelSettings;
  faults?: object;
  refused?: object;
  /** Only deliveries with a smaller id. */
  before?: number | undefined;
}

/** The data of the page with one channel and its deliveries. */
@Injectable()
export class ChannelPage {
  constructor(
    private readonly channels: ChannelsPage,
    private readonly deliveries: ChannelDeliveries,
  ) {}

  async view(channel: NotificationChannel, { before, ...more }: More = {}) {
    const found = await this.deliveries.list(channel, DELIVERIES_PER_PAGE + 1, before);
    const shown = found.slice(0, DELIVERIES_PER_PAGE);
    const typed = more.typed ?? channel;
    return {
      title: channel.name,
      channel: rowOf(channel),
      ...more,
      typed: {
        ...{ name: typed.name, recipients: typed.recipients?.join(', ') },
        digest: typed.digest ?? channel.digest,
        digestTime: typed.digestTime ?? channel.digestTime,
        digestZone: typed.digestZone ?? channel.digestZone,
      },
      ...{ takesAddress: !channel.recipients, takesRecipients: channel.recipients !== null },
      takesDigest: channel.kind !== 'webhook',
      isSigned: channel.sealedSecret !== null,
      ...(await this.channels.choices(channel.teamId, typed)),
      deliveries: shown.map((one) => deliveryRow(one, channel)),
      older: found.length > shown.length ? shown.at(-1)?.id : undefined,
      isFirst: before === undefined,
    };
  }
}

const deliveryRow = (delivery: NotificationDelivery, { id, disabledAt }: NotificationChannel) => ({
  ...{ id: delivery.id, channelId: id, state: delivery.state, attempts: delivery.attempts },
  ...{ type: delivery.message.type, messageId: delivery.message.messageId },
  ...{ createdAt: delivery.createdAt, lastTriedAt: delivery.lastTriedAt },
  nextTryAt: delivery.state === 'pending' ? delivery.nextTryAt : null,
  ...{ status: delivery.status, answer: delivery.answer, error: delivery.error },
  durationMs: delivery.durationMs,
  mayRepeat: disabledAt === null,
});
