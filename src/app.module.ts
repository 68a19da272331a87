import { DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { ApiModule } from './api/api.module.js';
import type { Config } from './config/config.js';
import { coreModules } from './core.module.js';
import type { StartDemo } from './github/demo/demo-github.js';
import { MemberSyncWorkerModule } from './integrations/member-sync-worker.module.js';
import { IntegrationMetricsModule } from './integrations/observability/integration-metrics.module.js';
import { ReceivingModule } from './integrations/webhooks/missed/receiving.module.js';
import { NotificationWorkerModule } from './notifications/notification-worker.module.js';
import { OnboardingModule } from './onboarding/onboarding.module.js';
import { MetricsListenerModule } from './platform/observability/metrics/metrics-listener.module.js';
import { TracingModule } from './platform/observability/tracing/tracing.module.js';
import { WebModule } from './platform/web/web.module.js';

/** A server: it answers requests, executes runs, or both, depending on its role. */
@Module({})
export class AppModule {
  static forServer(config: Config, startDemo?: StartDemo): DynamicModule {
    const consumes = config.role !== 'web';
    return {
      module: AppModule,
      imports: [
        ...coreModules(config, { consumes, startDemo }),
        WebModule,
        TracingModule.forRoot(config),
        IntegrationMetricsModule,
        OnboardingModule,
        AdminModule,
        ApiModule,
        ...(consumes ? [MemberSyncWorkerModule, NotificationWorkerModule] : []),
        ...(config.role === 'worker' ? [] : [ReceivingModule]),
        // The web serves them itself.
        ...(config.role === 'worker' ? [MetricsListenerModule] : []),
      ],
    };
  }
}
