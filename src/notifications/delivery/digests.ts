import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, LessThanOrEqual } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { DIGEST_TYPE, type DigestBody, type MessageBody } from '../messages/message-body.js';
import { storeMessage } from '../messages/store-message.js';
import { NotificationDelivery } from './notification-delivery.entity.js';

/** The most messages of one digest; more are a second one. */
const MAX_MESSAGES = 500;

/** How many people of each message a digest keeps: as many as an email names. */
const MAX_PEOPLE = 50;

/** Puts together what waits for the digest of a channel. */
@Injectable()
export class Digests {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Makes one message with one delivery of those that are due, in their order, and removes them, in one transaction. Returns
   * how many they were.
   */
  gather(channelId: number): Promise<number> {
    return inTransaction(this.dataSource, async (manager) => {
      const now = new Date();
      const due = await dueForDigest(manager, channelId, now);
      const [first] = due;
      if (!first) return 0;
      const bodies = due.map(({ message }) => shortened(JSON.parse(message.body) as MessageBody));
      await manager.delete(NotificationDelivery, { id: In(due.map(({ id }) => id)) });
      const body = this.digestOf(channelId, bodies, now);
      const target = { channelId, forDigest: false, nextTryAt: now };
      await storeMessage(manager, { teamId: first.message.teamId, body }, [target]);
      return due.length;
    });
  }

  private digestOf(channelId: number, messages: MessageBody[], now: Date): DigestBody {
    const { publicUrl } = this.config;
    return {
      ...{ type: DIGEST_TYPE, timestamp: now.toISOString() },
      data: {
        ...{ integration: null, run: null, messages },
        url: publicUrl ? `${publicUrl}/notifications/${channelId}` : null,
      },
    };
  }
}

/** With their messages, locked until the transaction ends. */
async function dueForDigest(
  manager: EntityManager,
  channelId: number,
  now: Date,
): Promise<NotificationDelivery[]> {
  const due = { channelId, state: 'pending', forDigest: true } as const;
  const select = manager
    .createQueryBuilder(NotificationDelivery, 'delivery')
    .innerJoinAndSelect('delivery.message', 'message')
    .where({ ...due, nextTryAt: LessThanOrEqual(now) })
    .orderBy('delivery.id')
    .limit(MAX_MESSAGES);
  return forUpdate(select).getMany();
}

function shortened({ data, ...body }: MessageBody): MessageBody {
  if ('changes' in data)
    return { ...body, data: { ...data, changes: data.changes.slice(0, MAX_PEOPLE) } };
  const removals = data.removals?.slice(0, MAX_PEOPLE);
  return { ...body, data: { ...data, ...(removals && { removals }) } };
}
