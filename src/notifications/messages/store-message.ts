import type { EntityManager } from 'typeorm';
import { NotificationDelivery } from '../delivery/notification-delivery.entity.js';
import { type MessageBody, newMessageId } from './message-body.js';
import { NotificationMessage } from './notification-message.entity.js';

interface NewMessage {
  teamId: number;
  /** Undefined where it concerns no organization. */
  integrationId?: number;
  body: MessageBody;
  /** See `NotificationMessage`. @throws a duplicate where the team was told already */
  toldOnce?: string;
}

/** Stores a message and its deliveries, in the caller's transaction. Nothing where no channel is to be told. */
export async function storeMessage(
  manager: EntityManager,
  { teamId, integrationId, body, toldOnce }: NewMessage,
  channelIds: number[],
): Promise<void> {
  if (channelIds.length === 0) return;
  const createdAt = new Date();
  const message = await manager.save(NotificationMessage, {
    ...{ messageId: newMessageId(), teamId, type: body.type, createdAt },
    body: JSON.stringify(body),
    toldOnce: toldOnce ?? null,
  });
  for (const channelId of channelIds)
    await manager.insert(NotificationDelivery, {
      ...{ channelId, messageRowId: message.id, createdAt },
      ...{ state: 'pending', nextTryAt: createdAt, integrationId: integrationId ?? 0 },
    });
}
