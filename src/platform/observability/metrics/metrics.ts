import { Inject, Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { Config } from '../../../config/config.js';
import { CONFIG } from '../../../config/config.module.js';
import { inTime } from '../../process/in-time.js';
import { packageVersion } from '../../web/package-root.js';
import { observeWith } from '../observers.js';
import type { GaugeSource } from './gauge-source.js';
import type { Prometheus } from './prometheus.js';

/** How long a source may take, in ms: Prometheus waits 10 s by default. */
const READ_TIMEOUT_MS = 3_000;

/** The metrics of this process, where METRICS_TOKEN is set; else they cost nothing. */
@Injectable()
export class Metrics implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Metrics.name);
  private readonly sources: GaugeSource[] = [];
  private prometheus: Prometheus | undefined;
  private stop: (() => void) | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    if (!this.config.observability.metricsToken) return;
    const { Prometheus } = await import('./prometheus.js');
    this.prometheus = new Prometheus(packageVersion());
    this.stop = observeWith(this.prometheus);
    for (const source of this.sources) this.prometheus.declare(source);
  }

  onApplicationShutdown(): void {
    this.stop?.();
  }

  /** Adds values that are read at each scrape. Call it in a constructor. */
  add(source: GaugeSource): void {
    this.sources.push(source);
  }

  /** Undefined where metrics are off. */
  async read(): Promise<{ contentType: string; text: string } | undefined> {
    const { prometheus } = this;
    if (!prometheus) return undefined;
    await Promise.all(this.sources.map((source) => this.readSource(prometheus, source)));
    return { contentType: prometheus.contentType, text: await prometheus.text() };
  }

  /** A database that does not answer leaves the other metrics as they are. */
  private async readSource(prometheus: Prometheus, source: GaugeSource): Promise<void> {
    const read = inTime(Promise.resolve(source.read()), READ_TIMEOUT_MS);
    const readings = await read.catch((error: unknown) => {
      this.logger.warn(`The metrics of ${source.source} could not be read`, error);
      return undefined;
    });
    if (readings) prometheus.set(source, readings);
    else prometheus.failed(source);
  }
}
