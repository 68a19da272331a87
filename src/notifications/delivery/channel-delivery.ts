import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import type { Attempt } from '../sending/attempt.js';
import { ChannelSender } from '../sending/channel-sender.js';
import { Attempts } from './attempts.js';
import { type ChannelClaim, ChannelClaims } from './channel-claims.js';
import { DueDeliveries } from './due-deliveries.js';
import type { NotificationDelivery } from './notification-delivery.entity.js';

/** How long one job works on a channel, in ms; then others have their turn. */
const TURN_MS = 30_000;

/** How many channels that fail are tried at once in this process, so that most of the workers stay for the others. */
const MAX_FAILING = 8;

/** Sends what is due to a channel, in order. */
@Injectable()
export class ChannelDelivery {
  private readonly logger = new Logger(ChannelDelivery.name);
  private failing = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly claims: ChannelClaims,
    private readonly due: DueDeliveries,
    private readonly sender: ChannelSender,
    private readonly attempts: Attempts,
  ) {}

  /** Does nothing where another worker does it. What stays due is found by the sweeper. */
  async deliver(channelId: number): Promise<void> {
    const claim = await this.claims.claim(channelId);
    if (!claim) return;
    try {
      const channel = await this.channel(claim);
      const isFailing = channel.failingSince !== null;
      if (isFailing && this.failing >= MAX_FAILING) return;
      if (isFailing) this.failing++;
      await this.sendDue(claim).finally(() => {
        if (isFailing) this.failing--;
      });
    } finally {
      await this.claims.release(claim);
    }
  }

  private async sendDue(claim: ChannelClaim): Promise<void> {
    const until = performance.now() + TURN_MS;
    while (performance.now() < until) {
      const delivery = await this.due.next(claim.channelId);
      if (!delivery || !(await this.claims.extend(claim))) return;
      // Read again for each: its address or its secret may have changed.
      const { messageId, body } = delivery.message;
      const sent = { messageId, body, reached: delivery.reached };
      const attempt = await this.sender.send(await this.channel(claim), sent);
      if (!attempt) return;
      await this.attempts.store(delivery, attempt);
      this.log(delivery, attempt);
    }
  }

  private channel({ channelId: id }: ChannelClaim): Promise<NotificationChannel> {
    return this.dataSource.manager.findOneByOrFail(NotificationChannel, { id });
  }

  private log({ id, channelId, message }: NotificationDelivery, attempt: Attempt): void {
    const { isDelivered, status, ms } = attempt;
    const facts = { deliveryId: id, channelId, messageId: message.messageId, status, ms };
    if (isDelivered) this.logger.log(`Delivery ${id} succeeded`, facts);
    else this.logger.warn(`Delivery ${id} failed: ${attempt.error}`, facts);
  }
}
