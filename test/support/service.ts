import { getQueueToken } from '@nestjs/bull';
import { Test, type TestingModule, type TestingModuleBuilder } from '@nestjs/testing';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { onTestFinished } from 'vitest';
import { AppModule } from '../../src/app.module.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { CommandModule } from '../../src/core.module.js';
import type { StartDemo } from '../../src/github/demo/demo-github.js';
import { MEMBER_SYNC_QUEUE } from '../../src/platform/queue/queue.module.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { World } from '../../src/simulator/world.js';
import { isQuick } from './quick.js';
import { createMigratedDatabase, type Dialect } from './servers/databases.js';
import { bringUpToDate } from './servers/migrated-databases.js';
import { createRedisDatabase } from './servers/redis-database.js';

const allWays = [
  { way: 'embedded', dialect: 'sqlite', bull: false },
  { way: 'MySQL with Bull', dialect: 'mysql', bull: true },
] as const;

/** The two ways to run. */
export const ways = isQuick ? allWays.slice(0, 1) : allWays;

export interface ServiceOptions {
  dialect?: Dialect;
  bull?: boolean;
  env?: NodeJS.ProcessEnv;
  /** Whether it works on runs; yes where undefined. */
  consumes?: boolean;
  /** Starts the simulated GitHub of the demo organization; none is offered where undefined. */
  startDemo?: StartDemo;
  /** Where what must be done at the end goes; the end of the test where undefined. */
  atEnd?: (end: () => Promise<void>) => void;
  /** What the testing module replaces. */
  override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}

export interface Service {
  app: TestingModule;
  config: Config;
  dataSource: DataSource;
  queue: Queue;
}

/** The environment of a service on a migrated database of its own, which is dropped when the test ends. */
export async function testEnvironment({
  dialect = 'sqlite',
  bull = false,
  env,
  atEnd = onTestFinished,
}: ServiceOptions): Promise<NodeJS.ProcessEnv> {
  const database = await createMigratedDatabase(dialect);
  atEnd(() => database.drop());
  const variables = {
    DATABASE_URL: database.url,
    SECRET_KEY: 'a'.repeat(64),
    ADMIN_PASSWORD: 'correct horse battery',
    PORT: '0',
    // Most tests ask for one run after the other.
    API_SYNC_PAUSE_SECONDS: '0',
    ...(bull && { REDIS_URL: await createRedisDatabase() }),
    ...env,
  };
  // A spec may bring a server of its own.
  if (env?.DATABASE_URL?.startsWith('mysql:')) await bringUpToDate(loadConfig(variables).database);
  return variables;
}

/** The whole application, wired as in production, in this process; closed when the test ends. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const config = loadConfig(await testEnvironment(options));
  const builder = Test.createTestingModule({ imports: [rootOf(config, options)] });
  const app = await (options.override?.(builder) ?? builder).compile();
  (options.atEnd ?? onTestFinished)(() => app.close());
  await app.init();
  return {
    app,
    config,
    dataSource: app.get(DataSource),
    queue: app.get(getQueueToken(MEMBER_SYNC_QUEUE)),
  };
}

/** A simulated GitHub with one organization, `acme`, and the token of its owner. */
export async function startGithub({ members = 3 }: { members?: number } = {}) {
  const world = new World({ seed: 42 });
  const organization = world.addOrganization({ login: 'acme' });
  const owner = world.addUser({ login: 'olga-owner' });
  organization.join(owner, { role: 'admin' });
  for (let i = 1; i < members; i++) organization.join(world.addUser());
  const token = 'ghp_TestTokenOfTheOwner';
  world.addToken({ token, user: owner });
  const simulator = await Simulator.start({ world });
  onTestFinished(() => simulator.stop());
  return { simulator, world, organization, owner, token };
}

const rootOf = (config: Config, { consumes = true, startDemo }: ServiceOptions) =>
  consumes ? AppModule.forServer(config, startDemo) : CommandModule.forRoot(config, startDemo);
