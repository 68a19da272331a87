import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Repeated } from '../../../platform/process/repeated.js';
import { HintGathering } from '../../hints/hint-gathering.js';
import { DAYS_LISTED, MissedDeliveries } from './missed-deliveries.js';
import { ReceivingPresence } from './receiving-presence.js';

/** All in seconds. */
const MARK_EVERY = 60;
const ASK_EVERY = 600;
const AWAY = 300;
const AWAY_TOO_LONG = DAYS_LISTED * 86_400;

/**
 * In processes that receive deliveries: asks at the start and every 10 minutes for those that failed, in one process; and
 * after an absence, requests runs of everybody where GitHub does not tell what failed.
 */
@Injectable()
export class ReceivingWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly repeated = new Repeated(ReceivingWatch.name, MARK_EVERY, () => this.look());
  private readonly stopping = new AbortController();
  private looking = Promise.resolve();
  private isStart = true;

  constructor(
    private readonly presence: ReceivingPresence,
    private readonly missed: MissedDeliveries,
    private readonly gathering: HintGathering,
  ) {}

  onApplicationBootstrap(): void {
    this.repeated.start(0);
  }

  /** Waits for what is under way, because the database closes next. */
  async onModuleDestroy(): Promise<void> {
    this.repeated.stop();
    this.stopping.abort();
    await Promise.allSettled([this.looking]);
  }

  look(): Promise<void> {
    const look = this.lookOnce().catch((error: unknown) => {
      if (!this.stopping.signal.aborted) throw error;
    });
    this.looking = look;
    return look;
  }

  private async lookOnce(): Promise<void> {
    const awaySeconds = await this.presence.awaySeconds();
    if (awaySeconds > AWAY) return this.comeBack(awaySeconds);
    await this.presence.alive();
    // Several processes may start at once.
    const askedBefore = this.isStart ? MARK_EVERY : ASK_EVERY;
    this.isStart = false;
    if (!(await this.presence.claimAsking(askedBefore))) return;
    this.gathering.gather((await this.missed.sendAgain(this.stopping.signal)).hinted);
  }

  private async comeBack(awaySeconds: number): Promise<void> {
    this.isStart = false;
    await this.presence.claimAsking(0);
    const { hinted, unknown } = await this.missed.sendAgain(this.stopping.signal);
    const isTooLong = awaySeconds > AWAY_TOO_LONG;
    const lost = isTooLong ? await this.missed.everyIntegration() : unknown;
    await this.presence.back(lost, awaySeconds);
    this.gathering.gather([...hinted, ...lost]);
  }
}
