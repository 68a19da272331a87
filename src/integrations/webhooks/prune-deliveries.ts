import { type EntityManager, LessThan, LessThanOrEqual } from 'typeorm';
import { DAY_MS } from '../../platform/dates.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** A delivery that comes again later is taken for a new one. GitHub sends again for three days. */
const KEEP_DAYS = 7;

/** About as many are removed in one statement, to keep it short. */
const BATCH = 1_000;

/** Forgets deliveries that are too old at `now`. */
export async function pruneDeliveries(manager: EntityManager, now: Date): Promise<void> {
  const cutoff = new Date(now.getTime() - KEEP_DAYS * DAY_MS);
  for (;;) {
    const [last] = await manager.find(WebhookDelivery, {
      where: { receivedAt: LessThan(cutoff) },
      order: { receivedAt: 'ASC' },
      skip: BATCH - 1,
      take: 1,
    });
    const old = last ? LessThanOrEqual(last.receivedAt) : LessThan(cutoff);
    await manager.delete(WebhookDelivery, { receivedAt: old });
    if (!last) return;
  }
}
