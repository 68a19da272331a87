import type { EntityManager } from 'typeorm';
import { Webhook } from '../webhook.entity.js';
import type { Delivery } from './delivery.js';

/** The event that says that a webhook was made. Nothing follows from it, and it is not counted. */
const PING = 'ping';

interface Counts {
  accepted: number;
  ignored: number;
  last: Delivery;
  pingAt?: Date;
}

/** Adds to the counts of each webhook: of the receiving one, and of the integrations that a delivery of the App concerns. */
export async function countDeliveries(manager: EntityManager, group: Delivery[]): Promise<void> {
  for (const [id, { accepted, ignored, last, pingAt }] of countsOf(group))
    await manager.update(
      Webhook,
      { id },
      {
        accepted: () => `accepted + ${accepted}`,
        ignored: () => `ignored + ${ignored}`,
        lastDeliveryAt: last.receivedAt,
        lastEvent: last.event,
        ...(pingAt && { lastPingAt: pingAt }),
      },
    );
}

/** In the order of the ids, like the locks. */
function countsOf(group: Delivery[]): [id: number, Counts][] {
  const counts = new Map<number, Counts>();
  for (const delivery of group)
    for (const id of webhooksOf(delivery)) {
      const { accepted, ignored, pingAt } = counts.get(id) ?? { accepted: 0, ignored: 0 };
      const isPing = delivery.event === PING;
      const isAccepted = delivery.targets.length > 0;
      counts.set(id, {
        accepted: accepted + Number(isAccepted),
        ignored: ignored + Number(!isAccepted && !isPing),
        pingAt: isPing ? delivery.receivedAt : pingAt,
        last: delivery,
      });
    }
  return [...counts].sort(([a], [b]) => a - b);
}

const webhooksOf = ({ webhookId, targets }: Delivery): Set<number> =>
  new Set([webhookId, ...targets.map((target) => target.webhookId)]);
