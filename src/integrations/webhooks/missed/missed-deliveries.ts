import { Injectable, Logger } from '@nestjs/common';
import { DataSource, IsNull, Not } from 'typeorm';
import type { HookDelivery } from '../../../github/errors/github-answers.js';
import { inTransaction } from '../../../platform/database/transaction.js';
import { PublicError } from '../../../platform/public-error.js';
import { recordHints } from '../../hints/record-hints.js';
import { HOOK_EVENTS } from '../organization-hook.js';
import { Webhook } from '../webhook.entity.js';
import { type DeliverySource, DeliverySources } from './delivery-sources.js';
import { Redeliveries } from './redeliveries.js';

/** Above this many, a run of everybody costs GitHub less than sending each again. */
const MAX_REDELIVERIES = 100;

/** GitHub lists deliveries of so many days. */
export const DAYS_LISTED = 3;

const USEFUL: ReadonlySet<string> = new Set([
  ...HOOK_EVENTS,
  'installation',
  'github_app_authorization',
]);

/** Ids of integrations. */
export interface Asked {
  /** More deliveries failed than are sent again. Hints at everybody are stored. */
  hinted: number[];
  /** GitHub does not tell the credential what failed. */
  unknown: number[];
}

/** Asks GitHub which deliveries failed, and to send them again. */
@Injectable()
export class MissedDeliveries {
  private readonly logger = new Logger(MissedDeliveries.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly sources: DeliverySources,
    private readonly redeliveries: Redeliveries,
  ) {}

  /** @param signal ends it */
  async sendAgain(signal: AbortSignal): Promise<Asked> {
    const asked: Asked = { hinted: [], unknown: [] };
    for (const webhook of await this.used()) {
      signal.throwIfAborted();
      const integrations = await this.sources.integrations(webhook);
      const outcome = await this.ask(webhook, integrations, signal).catch(this.cannotAsk);
      if (outcome !== 'asked') asked[outcome].push(...integrations);
    }
    await this.redeliveries.prune();
    return asked;
  }

  /** Every integration that GitHub tells of changes. */
  async everyIntegration(): Promise<number[]> {
    const all = await this.used();
    const ids = await Promise.all(all.map((webhook) => this.sources.integrations(webhook)));
    return ids.flat();
  }

  private async used(): Promise<Webhook[]> {
    const where = [{ lastDeliveryAt: Not(IsNull()) }, { githubHookId: Not(IsNull()) }];
    const all = await this.dataSource.manager.find(Webhook, { where, order: { id: 'ASC' } });
    const receiving = await Promise.all(all.map((one) => this.sources.isReceiving(one)));
    return all.filter((_, index) => receiving[index]);
  }

  private readonly cannotAsk = (error: unknown): 'unknown' => {
    if (!(error instanceof PublicError)) throw error;
    this.logger.debug(`Failed deliveries cannot be asked for: ${error.message}`);
    return 'unknown';
  };

  private async ask(
    webhook: Webhook,
    integrations: number[],
    signal: AbortSignal,
  ): Promise<'asked' | keyof Asked> {
    const source = await this.sources.open(webhook, signal);
    if (!source) return 'unknown';
    const since = new Date(Date.now() - DAYS_LISTED * 86_400_000);
    const failed = (await source.hooks.failed(source.owner, since)).filter(isUseful);
    const wanted = await this.redeliveries.wanted(webhook.id, failed);
    if (wanted.length > MAX_REDELIVERIES) {
      await this.hintInstead(webhook, wanted, integrations);
      return 'hinted';
    }
    for (const delivery of wanted) await this.redeliver(webhook, source, delivery);
    return 'asked';
  }

  private async redeliver(
    { id: webhookId }: Webhook,
    { hooks, owner }: DeliverySource,
    { id, guid }: HookDelivery,
  ): Promise<void> {
    if (await this.redeliveries.claim(webhookId, guid)) await hooks.redeliver(owner, id);
  }

  private async hintInstead({ id }: Webhook, wanted: HookDelivery[], integrations: number[]) {
    await inTransaction(this.dataSource, async (manager) => {
      await this.redeliveries.giveUp(manager, id, wanted);
      await recordHints(
        manager,
        integrations.map((integrationId) => ({ integrationId, githubId: null })),
      );
    });
  }
}

const isUseful = ({ event }: HookDelivery): boolean => USEFUL.has(event);
