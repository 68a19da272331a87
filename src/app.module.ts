import { DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { ApiModule } from './api/api.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import type { StartDemo } from './github/demo/demo-github.js';
import { DemoGithubModule } from './github/demo/demo-github.module.js';
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
  static forServer(config: Config, startDemo?: StartDemo): DynamicModule {
    const consumes = config.role !== 'web';
    const more = consumes ? [MemberSyncWorkerModule] : [];
    return compose(config, { consumes, startDemo }, more);
  }

  /** A command: it works on no run but its own, and so needs no Redis. */
  static forCommand(config: Config, startDemo?: StartDemo): DynamicModule {
    return compose({ ...config, redis: undefined }, { consumes: false, startDemo });
  }
}

interface Parts {
  consumes: boolean;
  startDemo: StartDemo | undefined;
}

/** Of several processes each would have a simulated GitHub of its own. */
const isEmbedded = ({ database, redis, role }: Config): boolean =>
  database.type === 'sqlite' && !redis && role === 'all';

const compose = (
  config: Config,
  { consumes, startDemo }: Parts,
  more: DynamicModule['imports'] = [],
): DynamicModule => ({
  module: AppModule,
  imports: [
    ConfigModule.forRoot(config),
    WebModule,
    SecretsModule,
    DemoGithubModule.forRoot(isEmbedded(config) ? startDemo : undefined),
    DatabaseModule,
    QueueModule.forRoot({ consumes }),
    IntegrationsModule,
    OnboardingModule,
    AdminModule,
    ApiModule,
    ...more,
  ],
});
