import { expect, it, onTestFinished } from 'vitest';
import { finished, requestSync } from '../support/runs.js';
import { Redis } from '../support/servers/redis.js';
import { redisCommands } from '../support/servers/redis-commands.js';
import { startPages } from './support/pages.js';

it('a run says why it stays queued, and so does the health, while Redis takes no writes', async () => {
  const redis = await Redis.start();
  onTestFinished(() => redis.stop());
  const env = { REDIS_URL: redis.url, SWEEP_SECONDS: '1' };
  const { service, integration, admin, page } = await startPages({ dialect: 'mysql', env });
  const ready = async () => {
    const answer = await fetch(`${service.url}/health/ready`);
    return { status: answer.status, ...((await answer.json()) as object) };
  };
  expect(await ready()).toEqual({ status: 'ok' });
  await redisCommands(redis.url, 'REPLICAOF 127.0.0.1 1');
  expect(await ready()).toMatchObject({
    status: 503,
    code: 'queue_refuses',
    detail: 'Redis is a read-only replica (READONLY).',
  });
  const { id } = await requestSync(service, integration.id);
  const { text } = await admin.get(`${page}/sync/progress`);
  expect(text).toContain('Waiting for a worker: Redis is a read-only replica (READONLY)');
  await redisCommands(redis.url, 'REPLICAOF NO ONE', 'CONFIG SET maxmemory 1');
  expect(await ready()).toMatchObject({ detail: 'Redis is out of memory (OOM).' });
  await redisCommands(redis.url, 'CONFIG SET maxmemory 0');
  expect(await finished(service, id)).toMatchObject({ state: 'complete', queueProblem: null });
  expect(await ready()).toEqual({ status: 'ok' });
});
