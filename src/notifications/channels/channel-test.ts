import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { type MessageBody, newMessageId, TEST_TYPE } from '../messages/message-body.js';
import { type Attempt, notTried } from '../sending/attempt.js';
import { ChannelSender } from '../sending/channel-sender.js';
import { auditChannel } from './audit-channel.js';

/** Sends a message to try a channel. */
@Injectable()
export class ChannelTest {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sender: ChannelSender,
  ) {}

  /** Sends once, also to a channel that is off, and waits for the answer. It is not one of the channel's deliveries. */
  async send(channel: NotificationChannel): Promise<Attempt> {
    const message = { messageId: newMessageId(), body: JSON.stringify(testBody()) };
    const attempt = (await this.sender.send(channel, message)) ?? notTried(STOPPED);
    await inTransaction(this.dataSource, (manager) =>
      auditChannel(manager, channel.id, {
        action: 'notification_channel.test',
        after: { delivered: attempt.isDelivered, status: attempt.status },
      }),
    );
    return attempt;
  }
}

export const testBody = (): MessageBody => ({
  ...{ type: TEST_TYPE, timestamp: new Date().toISOString() },
  data: { integration: null, run: null, url: null, total: 0, changes: [] },
});

const STOPPED = 'Rollcall stopped before the answer came. Try again.';
