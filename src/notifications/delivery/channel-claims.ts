import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import { databaseTime } from '../../platform/database/dialect.js';

/** A claim holds for so many times as long as a try may take. */
const LEASE_PER_TRY = 3;

/** A worker's claim on a channel. */
export interface ChannelClaim {
  channelId: number;
  claimedBy: string;
}

/**
 * One worker at a time delivers to a channel, which keeps the order, and keeps a slow receiver from holding up others. A
 * claim is one conditional update; that of a lost worker expires.
 */
@Injectable()
export class ChannelClaims {
  private readonly leaseSeconds: number;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) { notifications }: Config,
  ) {
    this.leaseSeconds = LEASE_PER_TRY * notifications.timeoutSeconds;
  }

  /** Undefined where another worker has it, or it is off or gone. */
  async claim(channelId: number): Promise<ChannelClaim | undefined> {
    const claim = { channelId, claimedBy: randomUUID() };
    const isFree = `leased_until IS NULL OR leased_until < ${databaseTime(this.dataSource)}`;
    const claimed = await this.extendWhere(claim, `disabled_at IS NULL AND (${isFree})`);
    return claimed ? claim : undefined;
  }

  /** Extends the claim before each try. False where it was lost, or the channel was switched off or deleted. */
  extend(claim: ChannelClaim): Promise<boolean> {
    return this.extendWhere(claim, 'claimed_by = :claimedBy AND disabled_at IS NULL');
  }

  async release({ channelId: id, claimedBy }: ChannelClaim): Promise<void> {
    const free = { claimedBy: null, leasedUntil: null };
    await this.dataSource.manager.update(NotificationChannel, { id, claimedBy }, free);
  }

  private async extendWhere({ channelId, claimedBy }: ChannelClaim, condition: string) {
    const { affected } = await this.dataSource
      .createQueryBuilder()
      .update(NotificationChannel)
      .set({ claimedBy, leasedUntil: () => databaseTime(this.dataSource, this.leaseSeconds) })
      .where(`id = :channelId AND ${condition}`, { channelId, claimedBy })
      .execute();
    return affected === 1;
  }
}
