import type { EntityManager } from 'typeorm';
import type { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import { toldAt } from '../channels/channel-digest.js';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.js';
import { type DigestBody, type MessageBody, newMessageId } from './message-body.js';
import { NotificationMessage } from './notification-message.entity.js';

interface NewMessage {
  teamId: number;
  /** Undefined where it concerns no organization. */
  integrationId?: number;
  body: MessageBody | DigestBody;
  /** See `NotificationMessage`. @throws a duplicate where the team was told already */
  toldOnce?: string;
}

/** Which channel is told, and when. */
type Target = Pick<NotificationDelivery, 'channelId' | 'forDigest' | 'nextTryAt'>;

/** As the channel's digest says. */
export const targetOf = (channel: NotificationChannel): Target => ({
  channelId: channel.id,
  ...toldAt(channel, new Date()),
});

/** Stores a message and its deliveries, in the caller's transaction. Nothing where no channel is to be told. */
export async function storeMessage(
  manager: EntityManager,
  { teamId, integrationId, body, toldOnce }: NewMessage,
  targets: Target[],
): Promise<void> {
  if (targets.length === 0) return;
  const createdAt = new Date();
  const message = await manager.save(NotificationMessage, {
    ...{ messageId: newMessageId(), teamId, type: body.type, createdAt },
    body: JSON.stringify(body),
    toldOnce: toldOnce ?? null,
  });
  for (const target of targets)
    await manager.insert(NotificationDelivery, {
      ...{ ...target, messageRowId: message.id, createdAt },
      ...{ state: 'pending', integrationId: integrationId ?? 0 },
    });
}
