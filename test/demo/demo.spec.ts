import { existsSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { runCommand, type StartedProcess, startProcess } from '../support/process.js';
import { testEnvironment } from '../support/service.js';
import { until } from '../support/until.js';
import { WebClient } from '../support/web-client.js';

// The demo takes ten seconds, because people are to see it work, and longer while other specs run.
vi.setConfig({ testTimeout: 120_000 });

function folderOf({ stderr }: { stderr: string }): string {
  const folder = /keeps its data in (\S+) and/.exec(stderr)?.[1];
  if (folder === undefined) throw new Error(`The demo names no folder: ${stderr}`);
  return folder;
}

it('shows the counts of 2,500 people and leaves nothing behind', async () => {
  const demo = await runCommand(['demo', '--once']);
  expect(demo.code).toBe(0);
  expect(demo.stdout).toBe('northwind-labs has 2,500 members: 2,500 members found.\n');
  expect(existsSync(folderOf(demo))).toBe(false);
});

it('has nothing to do with the installation it is tried in', async () => {
  const env = {
    DATABASE_URL: 'mysql://127.0.0.1:1/x',
    REDIS_URL: 'redis://127.0.0.1:1',
    ROLE: 'web',
  };
  const { code, stdout } = await runCommand(['demo', '--once', '--json'], { env });
  expect(code).toBe(0);
  expect(JSON.parse(stdout).run).toMatchObject({
    state: 'complete',
    result: { created: 2500, total: 2500 },
  });
});

it('serves the pages, each later sync finds changes, and a webhook tells who joins and leaves', async () => {
  const demo = startProcess(['demo'], { PORT: '0', ADMIN_PASSWORD: 'correct horse' });
  const url = await demo.ready;
  const page = await signIn(demo, url);
  const members = '/integrations/github/1/members';
  expect((await page(members)).replace(/<[^>]+>/g, '')).toContain('Sync Now');
  await page(`${members}/sync`, { method: 'POST' });
  const partial = await until(async () => {
    const text = await page(`${members}/sync/progress`);
    return !text.includes('hx-get') && text;
  });
  // Somebody may join meanwhile.
  expect(partial).toMatch(/[678]\s*(<[^>]*>\s*)*(new|joined|created)/i);
  // Somebody has joined or left by then, and GitHub told it.
  await until(async () => {
    const settings = await page('/integrations/github/1/settings');
    return /organization\.member_(added|removed)/.test(settings);
  });
  const folder = folderOf(demo);
  expect(existsSync(folder)).toBe(true);
  demo.signal('SIGINT');
  expect(await demo.exited).toEqual({ code: 0, signal: null });
  expect(existsSync(folder)).toBe(false);
});

it("is also in a server of one's own, and at the command line beside it and after it", async () => {
  const variables = await testEnvironment({ env: { ADMIN_EMAIL: 'ada@example.com' } });
  const env = variables as Record<string, string>;
  const server = startProcess(['serve'], env);
  const client = new WebClient(await server.ready);
  await client.post('/sign-in', { email: 'ada@example.com', password: 'correct horse battery' });
  const page = await client.follow(await client.post('/onboarding/demo'));
  expect(page.text).toContain('Connected to northwind-labs. Members syncing in background.');
  const sync = async () => {
    const { code, stdout } = await runCommand(['sync', 'northwind-labs', '--json'], { env });
    return { code, run: JSON.parse(stdout).run };
  };
  // Joins the run of the server, where that is not over yet.
  expect(await sync()).toMatchObject({ code: 0, run: { result: { total: 2500 } } });
  server.signal('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0 });
  expect(await sync()).toMatchObject({
    code: 0,
    run: { result: { total: 2500, unchanged: 2500, deactivated: 0 } },
  });
});

/** A browser's way in, with what the demo says of it. */
async function signIn(demo: StartedProcess, url: string) {
  const line = await demo.waitForLine(/^Sign in as (\S+) with the password (.+)$/);
  const body = new URLSearchParams({ email: line[1] ?? '', password: line[2] ?? '' });
  const entered = await fetch(`${url}/sign-in`, { method: 'POST', body, redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, { ...init, headers: { cookie } });
    expect(answer.status).toBe(200);
    return answer.text();
  };
}
