import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { databaseTime, isDuplicate, secondsAgo } from '../../../platform/database/dialect.js';
import { inTransaction } from '../../../platform/database/transaction.js';
import { recordHints } from '../../hints/record-hints.js';
import { PRESENCE, WebhookPresence } from './webhook-presence.entity.js';

/** Stores when deliveries could be received, by the database's clock. */
@Injectable()
export class ReceivingPresence {
  constructor(private readonly dataSource: DataSource) {}

  /** For how many seconds nobody could receive; 0 if nobody ever could. */
  async awaySeconds(): Promise<number> {
    const away = secondsAgo(this.dataSource, 'alive_at');
    const [row] = await this.dataSource.query<{ away: number | string | null }[]>(
      `SELECT ${away} AS away FROM webhook_presence WHERE id = ${PRESENCE}`,
    );
    return Number(row?.away ?? 0);
  }

  /** Whether this process is the one to ask GitHub, because nobody did for so many seconds. */
  async claimAsking(seconds: number): Promise<boolean> {
    const before = databaseTime(this.dataSource, -seconds);
    const { affected } = await this.dataSource
      .createQueryBuilder()
      .update(WebhookPresence)
      .set({ askedAt: () => databaseTime(this.dataSource) })
      .where(`id = ${PRESENCE} AND (asked_at IS NULL OR asked_at < ${before})`)
      .execute();
    return affected === 1;
  }

  async alive(): Promise<void> {
    if (!(await this.moveOn(this.dataSource.manager, ''))) await this.begin();
  }

  /** Ends an absence, and hints at everybody of these integrations in the same transaction; one process does it. */
  back(integrationIds: number[], awaySeconds: number): Promise<void> {
    // The same absence, though a moment has passed.
    const since = `AND alive_at < ${databaseTime(this.dataSource, -Math.floor(awaySeconds))}`;
    return inTransaction(this.dataSource, async (manager) => {
      if (!(await this.moveOn(manager, since))) return;
      const everybody = integrationIds.map((integrationId) => ({ integrationId, githubId: null }));
      await recordHints(manager, everybody);
    });
  }

  private async moveOn(manager: EntityManager, condition: string): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(WebhookPresence)
      .set({ aliveAt: () => databaseTime(this.dataSource) })
      .where(`id = ${PRESENCE} ${condition}`)
      .execute();
    return affected === 1;
  }

  private async begin(): Promise<void> {
    const row = { id: PRESENCE, aliveAt: () => databaseTime(this.dataSource) };
    await this.dataSource
      .createQueryBuilder()
      .insert()
      .into(WebhookPresence)
      .values(row)
      .execute()
      .catch((error: unknown) => {
        // Another process began at the same moment.
        if (!isDuplicate(error)) throw error;
      });
  }
}
