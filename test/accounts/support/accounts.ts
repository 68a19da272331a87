import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { onTestFinished } from 'vitest';
import { AccountsModule } from '../../../src/accounts/accounts.module.js';
import { visitors } from '../../../src/accounts/identity/visitors.js';
import { SignInController } from '../../../src/admin/sign-in/sign-in.controller.js';
import { loadConfig } from '../../../src/config/config.js';
import { ConfigModule } from '../../../src/config/config.module.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { LimitsModule } from '../../../src/platform/limits/limits.module.js';
import { QueueModule } from '../../../src/platform/queue/queue.module.js';
import { SecretsModule } from '../../../src/platform/secrets/secrets.module.js';
import { configureWeb } from '../../../src/platform/web/configure-web.js';
import { makePerson, PASSWORD } from '../../support/people.js';
import { type ServiceOptions, testEnvironment } from '../../support/service.js';
import { WebClient } from '../../support/web-client.js';

export { PASSWORD };

export interface Accounts {
  app: NestExpressApplication;
  dataSource: DataSource;
  url: string;
}

interface Options extends ServiceOptions {
  controllers?: Type[];
}

/** Accounts, signing in, and these controllers, listening in this process; closed when the test ends. */
export async function startAccounts({ controllers = [], ...options }: Options = {}) {
  const config = loadConfig(await testEnvironment(options));
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(config),
      SecretsModule,
      DatabaseModule,
      QueueModule.forRoot({ consumes: false }),
      LimitsModule,
      AccountsModule,
    ],
    controllers: [SignInController, ...controllers],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
  onTestFinished(() => app.close());
  configureWeb(app, config, visitors(app));
  await app.listen(0, '127.0.0.1');
  return { app, dataSource: app.get(DataSource), url: await app.getUrl() };
}

/** Makes a user. */
export function join(
  { app }: Accounts,
  email: string,
  role: 'admin' | 'member' = 'member',
  teamSlug = 'default',
) {
  return makePerson(app, { email, role, teamSlug });
}

/** A browser in which this user has signed in. */
export async function signIn({ url }: Accounts, email: string): Promise<WebClient> {
  const client = new WebClient(url);
  const { status } = await client.post('/sign-in', { email, password: PASSWORD });
  if (status !== 303) throw new Error(`${email} could not sign in: ${status}`);
  return client;
}
