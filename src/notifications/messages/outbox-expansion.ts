import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import {
  type EventType,
  type FoundEvent,
  isChangeEvent,
  possibleEvents,
} from '../../integrations/outbox/event-types.js';
import { OutboxEntry } from '../../integrations/outbox/outbox-entry.entity.js';
import { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';
import { presentRun } from '../../integrations/runs/present-run.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { listeners } from './listeners.js';
import { type MessageBody, toldIntegration, type WhatChanged } from './message-body.js';
import { storeMessage, targetOf } from './store-message.js';
import { ToldChangesReader } from './told-changes.js';
import { ToldRunReader } from './told-run.js';

/** Makes messages of what the outbox names, and a delivery of each for every channel that listens. */
@Injectable()
export class OutboxExpansion {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ToldChangesReader,
    private readonly runs: ToldRunReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Expands what waits of an integration, in its order: an entry is read only after the one before is gone, so that
   * several workers keep the order, too. Returns the channels with new deliveries.
   */
  async expand(integrationId: number): Promise<Set<number>> {
    const told = new Set<number>();
    for (;;) {
      const entry = await this.dataSource.manager.findOne(OutboxEntry, {
        where: { integrationId },
        order: { id: 'ASC' },
      });
      if (!entry) return told;
      for (const id of await this.expandEntry(entry)) told.add(id);
    }
  }

  /** What it names does not change any more, so it is read before the transaction, which is short. */
  private async expandEntry(entry: OutboxEntry): Promise<number[]> {
    const { manager } = this.dataSource;
    const integration = await manager.findOneBy(GithubIntegration, { id: entry.integrationId });
    const run = await manager.findOneBy(MemberSyncRun, { id: entry.runId });
    // Both are deleted with the entry.
    if (!integration || !run) return [];
    const { teamId } = integration;
    const wanted = new Set((await listeners(manager, integration)).flatMap(({ events }) => events));
    const bodies = await this.bodies(entry, integration, run, wanted);
    return inTransaction(this.dataSource, async (tx) => {
      const { affected } = await tx.delete(OutboxEntry, { id: entry.id });
      if (affected !== 1) return [];
      const channels = await listeners(tx, integration);
      const told: number[] = [];
      for (const body of bodies) {
        const those = channels.filter(({ events }) => events.includes(body.type as EventType));
        const message = { teamId, integrationId: integration.id, body };
        await storeMessage(tx, message, those.map(targetOf));
        told.push(...those.map(({ id }) => id));
      }
      return told;
    });
  }

  private async bodies(
    entry: OutboxEntry,
    integration: GithubIntegration,
    run: MemberSyncRun,
    wanted: Set<EventType>,
  ): Promise<MessageBody[]> {
    const bodies: MessageBody[] = [];
    for (const type of possibleEvents(run)) {
      const changed = wanted.has(type) && (await this.whatChanged(entry, run, type));
      if (changed)
        bodies.push({
          type,
          timestamp: entry.happenedAt.toISOString(),
          data: {
            integration: toldIntegration(integration),
            run: presentRun(run),
            url: this.pageOf(run),
            ...changed,
          },
        });
    }
    return bodies;
  }

  private async whatChanged(
    entry: OutboxEntry,
    run: MemberSyncRun,
    type: FoundEvent,
  ): Promise<WhatChanged | undefined> {
    if (!isChangeEvent(type)) return entry.kind === 'run' ? this.runs.read(run, type) : undefined;
    const told = await this.changes.read(entry, type);
    return told.total > 0 ? told : undefined;
  }

  private pageOf({ id, integrationId }: MemberSyncRun): string | null {
    const { publicUrl } = this.config;
    return publicUrl ? `${publicUrl}/integrations/github/${integrationId}/runs/${id}` : null;
  }
}
