import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { HookDelivery } from '../../../github/errors/github-answers.js';
import { chunks } from '../../../members/writing/bulk.js';
import { databaseTime, isDuplicate } from '../../../platform/database/dialect.js';
import { WebhookDelivery } from '../webhook-delivery.entity.js';
import { WebhookRedelivery } from './webhook-redelivery.entity.js';

const MAX_TRIES = 3;

/** In seconds. GitHub needs a moment to send one again, and two processes may ask at once. */
const BETWEEN_TRIES = 120;

/** In seconds. GitHub lists deliveries of three days. */
const KEPT = 4 * 86_400;

/** Which failed deliveries GitHub was asked to send again, and how often. */
@Injectable()
export class Redeliveries {
  constructor(private readonly dataSource: DataSource) {}

  /** One attempt for each GUID that was not received since and may be tried again, oldest first. */
  async wanted(webhookId: number, failed: HookDelivery[]): Promise<HookDelivery[]> {
    const byGuid = new Map(failed.map((delivery) => [delivery.guid, delivery]));
    const done = new Set<string>();
    for (const guids of chunks([...byGuid.keys()])) {
      for (const guid of await this.done(webhookId, guids)) done.add(guid);
    }
    return [...byGuid.values()].filter(({ guid }) => !done.has(guid)).reverse();
  }

  /** Whether this process is to ask for it now. */
  async claim(webhookId: number, guid: string): Promise<boolean> {
    if (await this.isFirst(webhookId, guid)) return true;
    const before = databaseTime(this.dataSource, -BETWEEN_TRIES);
    const { affected } = await this.dataSource
      .createQueryBuilder()
      .update(WebhookRedelivery)
      .set({ tries: () => 'tries + 1', triedAt: () => databaseTime(this.dataSource) })
      .where({ webhookId, guid })
      .andWhere(`tries < ${MAX_TRIES} AND tried_at < ${before}`)
      .execute();
    return affected === 1;
  }

  /** They are not asked for again, because a run of everybody finds what they told. */
  async giveUp(
    manager: EntityManager,
    webhookId: number,
    deliveries: HookDelivery[],
  ): Promise<void> {
    for (const some of chunks(deliveries)) {
      const guids = some.map(({ guid }) => guid);
      await manager.delete(WebhookRedelivery, { webhookId, guid: In(guids) });
      const rows = guids.map((guid) => ({ webhookId, guid, tries: MAX_TRIES }));
      await this.insert(manager, rows);
    }
  }

  async prune(): Promise<void> {
    await this.dataSource
      .createQueryBuilder()
      .delete()
      .from(WebhookRedelivery)
      .where(`tried_at < ${databaseTime(this.dataSource, -KEPT)}`)
      .execute();
  }

  private async done(webhookId: number, guids: string[]): Promise<string[]> {
    const { manager } = this.dataSource;
    const where = { webhookId, guid: In(guids) };
    const received = await manager.findBy(WebhookDelivery, where);
    const tried = await manager.findBy(WebhookRedelivery, { ...where, tries: MAX_TRIES });
    return [...received, ...tried].map(({ guid }) => guid);
  }

  private async isFirst(webhookId: number, guid: string): Promise<boolean> {
    try {
      await this.insert(this.dataSource.manager, [{ webhookId, guid, tries: 1 }]);
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  }

  private async insert(
    manager: EntityManager,
    rows: Omit<WebhookRedelivery, 'triedAt'>[],
  ): Promise<void> {
    const triedAt = () => databaseTime(this.dataSource);
    const values = rows.map((row) => ({ ...row, triedAt }));
    await manager.createQueryBuilder().insert().into(WebhookRedelivery).values(values).execute();
  }
}
