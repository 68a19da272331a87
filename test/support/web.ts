import { getQueueToken } from '@nestjs/bull';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { onTestFinished } from 'vitest';
import { visitors } from '../../src/accounts/identity/visitors.js';
import { setUpSwagger } from '../../src/api/swagger.js';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config/config.js';
import { deliveryRoutes } from '../../src/integrations/webhooks/delivery-routes.js';
import { MEMBER_SYNC_QUEUE } from '../../src/platform/queue/queue.module.js';
import { configureWeb } from '../../src/platform/web/configure-web.js';
import { makePerson, PASSWORD } from './people.js';
import { type Service, type ServiceOptions, testEnvironment } from './service.js';
import { WebClient } from './web-client.js';

export interface WebService extends Service {
  url: string;
}

/** The whole application with its pages, listening in this process; closed when the test ends. */
export async function startWeb(options: ServiceOptions = {}): Promise<WebService> {
  const config = loadConfig(await testEnvironment(options));
  const root = AppModule.forServer(config, options.startDemo);
  const builder = Test.createTestingModule({ imports: [root] });
  const app = await (options.override?.(builder) ?? builder).compile();
  const web = app.createNestApplication<NestExpressApplication>({ bodyParser: false });
  onTestFinished(() => web.close());
  configureWeb(web, config, visitors(web), deliveryRoutes(web));
  setUpSwagger(web);
  await web.listen(0, '127.0.0.1');
  config.publicUrl ??= await web.getUrl();
  return {
    app,
    config,
    dataSource: app.get(DataSource),
    queue: app.get(getQueueToken(MEMBER_SYNC_QUEUE)),
    url: await web.getUrl(),
  };
}

export interface Person {
  email?: string;
  role?: 'admin' | 'member';
  team?: string;
}

/** Makes somebody who can sign in; by default an admin of the team `default`. */
export async function somebody(
  { app }: WebService,
  { role = 'admin', team = 'default', email = `${role}@${team}.example` }: Person = {},
): Promise<{ email: string; password: string }> {
  await makePerson(app, { email, role, teamSlug: team });
  return { email, password: PASSWORD };
}

/** A browser of somebody who has just signed in. */
export async function signedIn(service: WebService, person: Person = {}): Promise<WebClient> {
  const client = new WebClient(service.url);
  await client.post('/sign-in', await somebody(service, person));
  return client;
}
