import { Logger } from '@nestjs/common';
import type { Config } from '../../../config/config.js';
import { packageVersion } from '../../web/package-root.js';
import { observeWith } from '../observers.js';

/** The traces of this process, where a collector is configured. */
export class Tracing {
  private constructor(private readonly stop: () => Promise<void>) {}

  /** Loads OpenTelemetry only where it is used. */
  static async start({ observability: { otlpEndpoint }, role }: Config): Promise<Tracing> {
    if (!otlpEndpoint) return new Tracing(async () => undefined);
    const { Tracer } = await import('./tracer.js');
    const tracer = new Tracer({ endpoint: otlpEndpoint, version: packageVersion(), role });
    const unobserve = observeWith(tracer);
    return new Tracing(() => {
      unobserve();
      return tracer.close();
    });
  }

  /** Sends what was not sent yet. A collector that does not answer must not keep the process. */
  end(): Promise<void> {
    return this.stop().catch((error: unknown) => {
      new Logger(Tracing.name).warn('The last traces could not be sent', error);
    });
  }
}
