import { Module } from '@nestjs/common';
import { GithubModule } from '../../github/github.module.js';
import { MetricsModule } from '../../platform/observability/metrics/metrics.module.js';
import { LimitGauges } from './limit-gauges.js';
import { RunGauges } from './run-gauges.js';

/** For servers: the metrics, with those of runs and of GitHub's limits. */
@Module({ imports: [MetricsModule, GithubModule], providers: [LimitGauges, RunGauges] })
export class IntegrationMetricsModule {}
