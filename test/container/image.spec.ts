import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../support/servers/databases.js';
import { freePort } from '../support/servers/free-port.js';
import { createRedisDatabase } from '../support/servers/redis-database.js';
import { startGithub } from '../support/service.js';
import { Container, layOut, makeVolume, readImage, removeLayout } from './support/image.js';

const image = readImage();
let app = '';

beforeAll(async () => {
  app = await layOut(image);
});
afterAll(() => removeLayout(app));

/** A container of the image; ends with the test. */
async function started(command: string[], env: Record<string, string>) {
  const container = new Container(app, [...image.entrypoint, ...command], {
    ...image.env,
    HOST: '127.0.0.1',
    ...env,
  });
  onTestFinished(async () => {
    container.signal('SIGKILL');
    await container.exited;
  });
  return container;
}

async function isHealthy(env: Record<string, string>): Promise<boolean> {
  const check = new Container(app, image.healthcheck, { ...image.env, ...env });
  return (await check.exited).code === 0;
}

it('the image serves as a user who can write to its volume and nowhere else', async () => {
  const env = { DATA_DIR: await makeVolume(), PORT: `${await freePort()}` };
  expect(image.user).toBe('node');
  expect(await isHealthy(env)).toBe(false);
  const server = await started(image.command, env);
  await server.waitForLine(/^Rollcall is ready on/);
  expect(await isHealthy(env)).toBe(true);
  const page = await fetch(`http://127.0.0.1:${env.PORT}/sign-in`);
  expect(await page.text()).toContain('Sign in');
  expect((await fetch(`http://127.0.0.1:${env.PORT}/docs`)).status).toBe(200);
  server.signal('SIGTERM');
  expect(await server.exited).toEqual({ code: 0, signal: null });
  expect(await readdir(env.DATA_DIR)).toEqual(
    expect.arrayContaining(['rollcall.sqlite', 'secret.key']),
  );
});

it('the steps of compose.yaml lead to a sync: migrate, then web and worker', async () => {
  const { simulator, token } = await startGithub({ members: 30 });
  const database = await createTestDatabase('mysql');
  onTestFinished(() => database.drop());
  const secrets = await makeSecrets({
    DATABASE_URL: database.url,
    REDIS_URL: await createRedisDatabase(),
    SECRET_KEY: 'ab'.repeat(32),
    ADMIN_PASSWORD: 'correct horse battery',
  });
  const env = { ...secrets, DATA_DIR: await makeVolume(), GITHUB_API_URL: simulator.url };
  const migrated = await started(['migrate'], env);
  expect(await migrated.exited).toEqual({ code: 0, signal: null });
  const port = `${await freePort()}`;
  const web = await started(image.command, { ...env, ROLE: 'web', PORT: port });
  const worker = await started(['worker'], env);
  await web.waitForLine(/^Rollcall is ready on/);
  await worker.waitForLine(/worker is ready/);
  const connect = await started(['connect', 'acme', '--token-stdin'], env);
  connect.writeInput(token);
  expect((await connect.exited).code).toBe(0);
  const sync = await started(['sync', 'acme', '--json'], env);
  sync.writeInput();
  await sync.exited;
  expect(JSON.parse(sync.stdout).run).toMatchObject({ state: 'complete', result: { total: 30 } });
  expect(web.stderr + worker.stderr).not.toContain('correct horse');
  for (const one of [web, worker]) {
    one.signal('SIGTERM');
    expect(await one.exited).toEqual({ code: 0, signal: null });
  }
});

/** As files, which `NAME_FILE` names. */
async function makeSecrets(values: Record<string, string>): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-secrets-'));
  const named = Object.entries(values).map(async ([name, value]) => {
    const path = join(folder, name.toLowerCase());
    await writeFile(path, value, { mode: 0o644 });
    return [`${name}_FILE`, path] as const;
  });
  const files = Object.fromEntries(await Promise.all(named));
  await chmod(folder, 0o755);
  return files;
}
