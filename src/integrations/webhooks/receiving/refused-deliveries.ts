import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorChain } from '../../../platform/observability/logs/error-chain.js';
import { RefusalLog } from '../../../platform/observability/refusal-log.js';
import type { PublicError } from '../../../platform/public-error.js';
import { Webhook } from '../webhook.entity.js';

/** In ms. */
const STORE_EVERY_MS = 1_000;

/** Counts refused deliveries in memory and stores the counts once a second, however many come. */
@Injectable()
export class RefusedDeliveries implements BeforeApplicationShutdown {
  private readonly logger = new Logger(RefusedDeliveries.name);
  private counts = new Map<number, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: RefusalLog,
  ) {}

  count(webhookId: number, { code }: PublicError, address: string | undefined): void {
    this.counts.set(webhookId, (this.counts.get(webhookId) ?? 0) + 1);
    this.log.write('delivery_refused', { code, webhook: webhookId, address });
    this.timer ??= setTimeout(() => void this.storeOrLog(), STORE_EVERY_MS).unref();
  }

  /** A delivery that could not be stored; the sender has it still. */
  failed(error: unknown): void {
    this.log.write('delivery_failed', { error: errorChain(error) });
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.storeOrLog();
  }

  private async storeOrLog(): Promise<void> {
    this.timer = undefined;
    const { counts } = this;
    this.counts = new Map();
    await this.store(counts).catch((error: unknown) => {
      this.logger.warn(`Counts of refused deliveries were lost: ${error}`);
    });
  }

  private async store(counts: Map<number, number>): Promise<void> {
    for (const [id, count] of counts)
      await this.dataSource.manager.update(
        Webhook,
        { id },
        { refused: () => `refused + ${count}` },
      );
  }
}
