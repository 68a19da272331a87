import { Module } from '@nestjs/common';
import { MetricsListener } from './metrics-listener.js';

/** For workers. */
@Module({ providers: [MetricsListener] })
export class MetricsListenerModule {}
