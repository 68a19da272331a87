import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import type { StartDemo } from './github/demo/demo-github.js';
import { DemoGithubModule } from './github/demo/demo-github.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';

interface CoreOptions {
  /** Whether this process works on runs that others asked for. */
  consumes: boolean;
  startDemo: StartDemo | undefined;
}

/** What servers and commands share: the only place that chooses the database and the queue. */
export const coreModules = (
  config: Config,
  { consumes, startDemo }: CoreOptions,
): NonNullable<ModuleMetadata['imports']> => [
  ConfigModule.forRoot(config),
  SecretsModule,
  DemoGithubModule.forRoot(isEmbedded(config) ? startDemo : undefined),
  DatabaseModule,
  QueueModule.forRoot({ consumes }),
  IntegrationsModule,
];

/** Of several processes each would have a simulated GitHub of its own. */
const isEmbedded = ({ database, redis, role }: Config): boolean =>
  database.type === 'sqlite' && !redis && role === 'all';

/** A command. It loads no pages and no API, works on no run but its own, and so needs no Redis. */
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
