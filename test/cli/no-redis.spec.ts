import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { stage } from './support/stage.js';

/** Something where Redis would be, which counts who calls. */
async function listener() {
  let calls = 0;
  const server = createServer((socket) => {
    calls++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return { url: `redis://127.0.0.1:${port}`, calls: () => calls };
}

it('is dialled by no command, where a server uses it', async () => {
  const redis = await listener();
  const { rollcall, connect } = await stage({ dialect: 'mysql', env: { REDIS_URL: redis.url } });
  await connect();
  expect((await rollcall(['sync', 'acme'])).code).toBe(0);
  expect((await rollcall(['runs', 'acme'])).code).toBe(0);
  expect(redis.calls()).toBe(0);
});

it('is neither needed nor loaded by an embedded server', async () => {
  const { start, env } = await stage();
  // Node's own trace of every connection that a process makes.
  env.NODE_DEBUG = 'net';
  const server = start(['serve']);
  await server.ready;
  server.signal('SIGTERM');
  await server.exited;
  expect(server.stderr).toMatch(/^NET \d+: /m);
  expect(server.stderr).not.toMatch(/^NET \d+: (connect|pipe)/m);
});
