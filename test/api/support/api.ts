import { getQueueToken } from '@nestjs/bull';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { onTestFinished } from 'vitest';
import { ApiTokensService } from '../../../src/accounts/api-tokens/api-tokens.service.js';
import { visitors } from '../../../src/accounts/identity/visitors.js';
import { FirstAdministrator } from '../../../src/accounts/users/first-administrator.js';
import { TeamsService } from '../../../src/accounts/users/teams.service.js';
import type { IntegrationResponse } from '../../../src/api/integrations/integration.response.js';
import { setUpSwagger } from '../../../src/api/swagger.js';
import { AppModule } from '../../../src/app.module.js';
import { loadConfig } from '../../../src/config/config.js';
import { deliveryRoutes } from '../../../src/integrations/webhooks/delivery-routes.js';
import { MEMBER_SYNC_QUEUE } from '../../../src/platform/queue/queue.module.js';
import { configureWeb } from '../../../src/platform/web/configure-web.js';
import { type ServiceOptions, startGithub, testEnvironment } from '../../support/service.js';
import { Contract } from './contract.js';
import type { OpenApiDocument } from './openapi-document.js';

interface Call {
  body?: unknown;
  headers?: Record<string, string>;
  /** Another team's, or null for none. */
  token?: string | null;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

/** A server's API as a client with a token of the team `default` sees it. */
export class Api {
  constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    readonly contract: Contract,
    private readonly token: string,
  ) {}

  get<T>(path: string, call?: Call): Promise<Answer<T>> {
    return this.call<T>('GET', path, call);
  }

  post<T>(path: string, body?: unknown, call?: Call): Promise<Answer<T>> {
    return this.call<T>('POST', path, { ...call, body });
  }

  patch<T>(path: string, body?: unknown, call?: Call): Promise<Answer<T>> {
    return this.call<T>('PATCH', path, { ...call, body });
  }

  delete<T>(path: string, call?: Call): Promise<Answer<T>> {
    return this.call<T>('DELETE', path, call);
  }

  async call<T>(method: string, path: string, call: Call = {}): Promise<Answer<T>> {
    const response = await fetch(this.url + path, { method, ...this.contents(call) });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
    const body = (isJson && text ? JSON.parse(text) : undefined) as T;
    return { status: response.status, headers: response.headers, text, body };
  }

  /** The value of a token of that team, which is made where there is none. */
  async tokenOf(team: string): Promise<string> {
    const { id } = await this.app.get(TeamsService, { strict: false }).findOrCreate(team);
    return tokenFor(this.app, id);
  }

  private contents({ body, headers, token = this.token }: Call) {
    return {
      headers: {
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
  }
}

/** A server with a simulated GitHub of one organization behind it. */
export async function startApi(options: ServiceOptions & { members?: number } = {}) {
  const github = await startGithub(options);
  const env = { GITHUB_API_URL: github.simulator.url, ...options.env };
  return { ...github, ...(await startServer({ ...options, env })) };
}

/** A server as it listens in production. */
export async function startServer(options: ServiceOptions) {
  const app = await listening(await testEnvironment(options));
  const url = await app.getUrl();
  const document = (await (await fetch(`${url}/docs/openapi.json`)).json()) as OpenApiDocument;
  const team = await app.get(TeamsService, { strict: false }).get('default');
  const api = new Api(app, url, new Contract(document), await tokenFor(app, team.id));
  const dataSource = app.get(DataSource);
  const queue: Queue = app.get(getQueueToken(MEMBER_SYNC_QUEUE));
  return { api, app, url, dataSource, queue };
}

/** The same with the organization `acme` connected. */
export async function connected(options: ServiceOptions & { members?: number } = {}) {
  const stage = await startApi(options);
  const { body } = await stage.api.post<IntegrationResponse>('/api/v1/integrations', {
    organization: 'acme',
    token: stage.token,
  });
  return { ...stage, id: body.id };
}

async function listening(environment: NodeJS.ProcessEnv): Promise<NestExpressApplication> {
  const config = loadConfig(environment);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forServer(config), {
    logger: ['fatal'],
    abortOnError: false,
  });
  onTestFinished(() => app.close());
  configureWeb(app, config, visitors(app), deliveryRoutes(app));
  setUpSwagger(app);
  await app.listen(0, '127.0.0.1');
  config.publicUrl ??= await app.getUrl();
  await app.get(FirstAdministrator, { strict: false }).ensure();
  return app;
}

async function tokenFor(app: NestExpressApplication, teamId: number): Promise<string> {
  const tokens = app.get(ApiTokensService, { strict: false });
  return (await tokens.create(teamId, 'nightly-report')).value;
}
