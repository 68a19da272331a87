import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import type { StartDemo } from './github/demo/demo-github.js';
import { DemoGithubModule } from './github/demo/demo-github.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import { NOTIFICATIONS_QUEUE, QueueModule } from './platform/queue/queue.module.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';
import { SignalsModule } from './platform/signals/signals.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';

interface CoreOptions {
  /** Whether this process executes queued runs. */
  consumes: boolean;
  startDemo: StartDemo | undefined;
}

/** The modules of servers and commands: the only place that chooses the database and the queue. */
export const coreModules = (
  config: Config,
  { consumes, startDemo }: CoreOptions,
): NonNullable<ModuleMetadata['imports']> => [
  ConfigModule.forRoot(config),
  SecretsModule,
  DemoGithubModule.forRoot(isEmbedded(config) ? startDemo : undefined),
  DatabaseModule,
  QueueModule.forRoot({ consumes, others: [NOTIFICATIONS_QUEUE] }),
  LimitsModule,
  SignalsModule,
  IntegrationsModule,
  ReviewsModule,
];

/** Several processes would each have their own simulated GitHub. */
const isEmbedded = ({ database, redis, role }: Config): boolean =>
  database.type === 'sqlite' && !redis && role === 'all';

/** A command. It loads no pages and no API, and executes only its own run, so it needs no Redis. */
@Module({})
export class CommandModule {
  static forRoot(config: Config, startDemo?: StartDemo): DynamicModule {
    const ownConfig = { ...config, redis: undefined };
    return {
      module: CommandModule,
      imports: coreModules(ownConfig, { consumes: false, startDemo }),
    };
  }
}
