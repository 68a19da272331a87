import { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { HealthController } from '../../src/platform/web/health.controller.js';
import { startWebApp, type WebApp } from './support/web-app.js';

let dataSource: DataSource;
let app: WebApp;

beforeEach(async () => {
  const options = await dataSourceOptions({ type: 'sqlite', path: ':memory:' }, []);
  dataSource = await createDataSource(options).initialize();
  app = await startWebApp({
    controllers: [HealthController],
    providers: [{ provide: DataSource, useValue: dataSource }],
  });
});

afterEach(async () => {
  await app.close();
  if (dataSource.isInitialized) await dataSource.destroy();
});

it('is live and ready', async () => {
  for (const path of ['/health/live', '/health/ready']) {
    const response = await app.fetch(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  }
});

it('is live but not ready without its database', async () => {
  await dataSource.destroy();
  const response = await app.fetch('/health/ready');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'database_unavailable', status: 503 });
  expect(app.errors.join()).toContain('Caused by ');
  expect((await app.fetch('/health/live')).status).toBe(200);
});

it('tells everybody', () => {
  expect(Reflect.getMetadata('access', HealthController)).toBe('nobody');
});
