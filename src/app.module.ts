import { DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { MemberSyncWorkerModule } from './integrations/member-sync-worker.module.js';
import { OnboardingModule } from './onboarding/onboarding.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';
import { WebModule } from './platform/web/web.module.js';

/** The composition root: the only place that chooses the database, the queue, and what a process is for. */
@Module({})
export class AppModule {
  /** A server: it answers requests, works on runs, or both, as its role says. */
  static forServer(config: Config): DynamicModule {
    const consumes = config.role !== 'web';
    return compose(config, consumes, consumes ? [MemberSyncWorkerModule] : []);
  }

  /** A command: it works on no run but its own, and so needs no Redis. */
  static forCommand(config: Config): DynamicModule {
    return compose({ ...config, redisUrl: undefined }, false, []);
  }
}

const compose = (
  config: Config,
  consumes: boolean,
  more: DynamicModule['imports'] = [],
): DynamicModule => ({
  module: AppModule,
  imports: [
    ConfigModule.forRoot(config),
    WebModule,
    SecretsModule,
    DatabaseModule,
    QueueModule.forRoot({ consumes }),
    IntegrationsModule,
    OnboardingModule,
    AdminModule,
    ...more,
  ],
});
