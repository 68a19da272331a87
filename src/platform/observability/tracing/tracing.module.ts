import { DynamicModule, Module, OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../../../config/config.js';
import { Tracing } from './tracing.js';

/** Sends traces while the application runs. */
@Module({})
export class TracingModule implements OnApplicationShutdown {
  constructor(private readonly tracing: Tracing) {}

  static forRoot(config: Config): DynamicModule {
    const provider = { provide: Tracing, useFactory: () => Tracing.start(config) };
    return { module: TracingModule, providers: [provider] };
  }

  /** After the queue, whose last runs have spans too. */
  onApplicationShutdown(): Promise<void> {
    return this.tracing.end();
  }
}
