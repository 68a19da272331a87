import { expect, it, onTestFinished } from 'vitest';
import { Redis } from '../support/servers/redis.js';
import { redisCommands } from '../support/servers/redis-commands.js';
import { until } from '../support/until.js';
import { oneLine, stage } from './support/stage.js';

it('ends a start with wrong credentials, and no server whose credentials become wrong', async () => {
  const redis = await Redis.start();
  onTestFinished(() => redis.stop());
  const acl = (rule: string) => redisCommands(redis.url, `ACL SETUSER app on ${rule} ~* &* +@all`);
  await acl('>right');
  const as = (password: string) => redis.url.replace('//', `//app:${password}@`);
  const { start, rollcall, env } = await stage({
    dialect: 'mysql',
    env: { REDIS_URL: as('right') },
  });
  const server = start(['serve']);
  env.REDIS_URL = as('wrong');
  const refused = await Promise.all([rollcall(['serve']), rollcall(['worker'])]);
  for (const { code, stdout, stderr } of refused) {
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toMatch(/^rollcall: REDIS_URL /);
    expect(stderr).not.toContain('wrong@');
  }
  const url = await server.ready;
  const health = async (status: number) =>
    (await fetch(`${url}/health/ready`)).status === status || undefined;
  await acl('resetpass >other');
  await redisCommands(redis.url, 'CLIENT KILL USER app');
  await server.waitForLine(/"level":"warn".*Redis rejected the user or the password/);
  await until(() => health(503));
  await acl('resetpass >right');
  await until(() => health(200));
  server.signal('SIGTERM');
  expect(await server.exited).toEqual({ code: 0, signal: null });
});
