import { DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { ApiModule } from './api/api.module.js';
import type { Config } from './config/config.js';
import { coreModules } from './core.module.js';
import type { StartDemo } from './github/demo/demo-github.js';
import { MemberSyncWorkerModule } from './integrations/member-sync-worker.module.js';
import { OnboardingModule } from './onboarding/onboarding.module.js';
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
        OnboardingModule,
        AdminModule,
        ApiModule,
        ...(consumes ? [MemberSyncWorkerModule] : []),
      ],
    };
  }
}
