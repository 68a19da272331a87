import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../support/servers/databases.js';
import { createRedisDatabase } from '../support/servers/redis-database.js';
import { ways } from '../support/service.js';
import { stage } from './support/stage.js';

/** A program of MariaDB's client on that database. */
async function client(
  program: string,
  url: string,
  options: string[],
  stdin = '',
): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const args = ['--no-defaults', `--host=${hostname}`, `--port=${port}`, `--user=${username}`];
  const child = spawn(program, [...args, ...options, pathname.slice(1)], {
    env: { ...process.env, MYSQL_PWD: password },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  child.stdin.end(stdin);
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  return said;
}

/** As docs/install-and-operate.md says it. */
const dump = (url: string) =>
  client('mariadb-dump', url, ['--single-transaction', '--no-tablespaces']);

it('a dump of the database, taken during a sync, goes on syncing with an empty Redis', async () => {
  const [, scaled] = ways;
  const { env, connect, json, rollcall, simulator, start, organization } = await stage({
    ...scaled,
    members: 300,
    env: { RUN_LEASE_SECONDS: '2' },
  });
  await connect();
  await json(['sync', 'acme']);
  for (const person of organization.members.slice(1, 4)) organization.leave(person);
  const held = simulator.faults.on(/members/).hold();
  const syncing = start(['sync', 'acme']);
  await held.arrived;
  const copy = await dump(env.DATABASE_URL ?? '');
  held.release();
  await syncing.exited;

  const restored = await createTestDatabase('mysql');
  onTestFinished(() => restored.drop());
  await client('mariadb', restored.url, [], copy);
  Object.assign(env, { DATABASE_URL: restored.url, REDIS_URL: await createRedisDatabase() });
  expect(await rollcall(['migrate'])).toMatchObject({ code: 0 });
  const [latest] = await json(['runs', 'acme']);
  expect(latest).toMatchObject({ state: 'running' });
  const worker = start(['worker']);
  await expect
    .poll(async () => (await json(['runs', 'acme']))[0], { timeout: 50_000, interval: 200 })
    .toMatchObject({ ...{ id: latest.id, state: 'complete' }, result: { deactivated: 3 } });
  expect(await rollcall(['audit', 'verify'])).toMatchObject({ code: 0 });
  worker.signal('SIGTERM');
  await worker.exited;
});
