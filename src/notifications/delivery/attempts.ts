import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { auditChannel } from '../channels/audit-channel.js';
import type { Attempt } from '../sending/attempt.js';
import { NotificationDelivery } from './notification-delivery.entity.js';
import { nextTry } from './retry-schedule.js';

/** The receiver wants nothing any more. */
const GONE = 410;

/** Stores how tries went, and what follows. */
@Injectable()
export class Attempts {
  constructor(private readonly dataSource: DataSource) {}

  async store(delivery: NotificationDelivery, attempt: Attempt): Promise<void> {
    const now = new Date();
    await inTransaction(this.dataSource, async (manager) => {
      const { id, channelId } = delivery;
      const pending = { id, state: 'pending' } as const;
      const { failingSince } = await manager.findOneByOrFail(NotificationChannel, {
        id: channelId,
      });
      const since = laterOf(delivery.createdAt, failingSince ?? now);
      const columns = columnsOf({ ...delivery, since }, attempt, now);
      await manager.update(NotificationDelivery, pending, columns);
      if (attempt.isDelivered)
        await manager.update(NotificationChannel, { id: channelId }, { failingSince: null });
      else await noteFailure(manager, channelId, attempt, now);
    });
  }
}

/** Those that waited behind others are tried as long as the others: a success in between starts anew. */
const laterOf = (one: Date, other: Date): Date => (one > other ? one : other);

function columnsOf(
  { attempts: before, since }: { attempts: number; since: Date },
  { isDelivered, status, answer, error, ms, retryAfterMs, isFinal, reached }: Attempt,
  now: Date,
): Partial<NotificationDelivery> {
  const attempts = before + 1;
  const told = {
    ...{ attempts, status, answer, error, durationMs: ms, lastTriedAt: now },
    ...(reached && { reached }),
  };
  if (isDelivered) return { ...told, state: 'delivered' };
  const isOver = isFinal || status === GONE;
  const again = isOver ? null : nextTry({ attempts, since }, now, retryAfterMs);
  return again ? { ...told, nextTryAt: again } : { ...told, state: 'dead' };
}

async function noteFailure(
  manager: EntityManager,
  id: number,
  { status }: Attempt,
  now: Date,
): Promise<void> {
  const first = { id, failingSince: IsNull() };
  await manager.update(NotificationChannel, first, { failingSince: now });
  if (status !== GONE) return;
  const off = { disabledAt: now, disabledBecause: 'gone' } as const;
  const switched = await manager.update(NotificationChannel, { id, disabledAt: IsNull() }, off);
  if (switched.affected === 1)
    await auditChannel(manager, id, {
      action: 'notification_channel.change',
      before: { enabled: true },
      after: { enabled: false, because: 'gone' },
    });
}
