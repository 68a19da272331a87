import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { forUpdate } from '../../../platform/database/dialect.js';
import { GroupCommit } from '../../../platform/database/group-commit.js';
import { insertRows } from '../../../platform/database/insert-rows.js';
import { inTransaction } from '../../../platform/database/transaction.js';
import { HintGathering } from '../../hints/hint-gathering.js';
import { type NewHint, recordHints } from '../../hints/record-hints.js';
import { Webhook } from '../webhook.entity.js';
import { WebhookDelivery } from '../webhook-delivery.entity.js';
import { countDeliveries } from './count-deliveries.js';
import type { Delivery } from './delivery.js';

/** How many are stored in one transaction. */
const MAX_PER_TRANSACTION = 500;

/** Between two transactions: a flood must leave time for pages. */
const PAUSE_MS = 25;

/** Stores deliveries and what follows from them, each once, and has the hints handled afterwards. */
@Injectable()
export class Deliveries {
  private readonly commits = new GroupCommit<Delivery>(
    (group) => this.storeAll(group),
    MAX_PER_TRANSACTION,
    PAUSE_MS,
  );

  constructor(
    private readonly dataSource: DataSource,
    private readonly gathering: HintGathering,
  ) {}

  /** Returns when it is committed. A delivery that came before is not stored again. */
  store(delivery: Delivery): Promise<void> {
    return this.commits.add(delivery);
  }

  private async storeAll(group: Delivery[]): Promise<void> {
    const hints = await inTransaction(this.dataSource, async (manager) => {
      const { webhookIds, seen } = await lockWebhooks(manager, group);
      const fresh = group.filter((delivery) => {
        const key = keyOf(delivery);
        return webhookIds.has(delivery.webhookId) && !seen.has(key) && seen.add(key);
      });
      if (fresh.length === 0) return [];
      const rows = fresh.map(({ webhookId, guid, receivedAt }) => ({
        webhookId,
        guid,
        receivedAt,
      }));
      await insertRows(manager, WebhookDelivery, rows);
      const present = fresh.map((one) => ({
        ...one,
        targets: one.targets.filter(({ webhookId }) => webhookIds.has(webhookId)),
      }));
      const found = present.flatMap(hintsOf);
      await recordHints(manager, found);
      await countDeliveries(manager, present);
      return found;
    });
    this.gathering.gather(hints.map(({ integrationId }) => integrationId));
  }
}

/**
 * The webhooks that still exist, in one order, so that two transactions do not wait for each other, and which of the
 * deliveries came before. Until the end, none of their integrations goes, and no other process stores one of their
 * deliveries.
 */
async function lockWebhooks(manager: EntityManager, group: Delivery[]) {
  const ids = group.flatMap(({ webhookId, targets }) => [
    webhookId,
    ...targets.map((target) => target.webhookId),
  ]);
  const rows = await forUpdate(
    manager
      .createQueryBuilder(Webhook, 'webhook')
      .select('webhook.id', 'webhookId')
      .leftJoin(
        WebhookDelivery,
        'known',
        'known.webhook_id = webhook.id AND known.guid IN (:...guids)',
        { guids: [...new Set(group.map(({ guid }) => guid))] },
      )
      .addSelect('known.guid', 'guid')
      .where({ id: In([...new Set(ids)]) })
      .orderBy('webhook.id'),
  ).getRawMany<{ webhookId: number; guid: string | null }>();
  const known = rows.flatMap(({ webhookId, guid }) => (guid === null ? [] : { webhookId, guid }));
  return {
    webhookIds: new Set(rows.map(({ webhookId }) => webhookId)),
    seen: new Set(known.map(keyOf)),
  };
}

const keyOf = ({ webhookId, guid }: Pick<Delivery, 'webhookId' | 'guid'>): string =>
  `${webhookId} ${guid}`;

const hintsOf = ({ targets, subjects }: Delivery): NewHint[] =>
  targets.flatMap(({ integrationId }) => subjects.map((one) => ({ ...one, integrationId })));
