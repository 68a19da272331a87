import { ConsoleLogger, Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createBullQueue } from '../../src/platform/queue/bull-queue.js';
import { freePort } from '../support/servers/free-port.js';
import { Redis } from '../support/servers/redis.js';
import { redisCommands } from '../support/servers/redis-commands.js';

let redis: Redis;
let warnings: string[];

beforeAll(async () => {
  redis = await Redis.start();
});
afterAll(() => redis.stop());

beforeEach(() => {
  warnings = [];
  const warn = (line: string) => warnings.push(line);
  Logger.overrideLogger(Object.assign(new ConsoleLogger(), { warn }));
});
afterEach(() => Logger.overrideLogger(new ConsoleLogger()));

const as = (user: string) => redis.url.replace('//', `//${user}@`);

async function open(url: string) {
  const queue = await createBullQueue('refusals', { url, tls: undefined });
  onTestFinished(() => queue.close());
  return queue;
}

it('stops the start where Redis refuses the credentials or a right', async () => {
  await redisCommands(redis.url, 'ACL SETUSER poor on >pass ~* +ping +info +select');
  const wrong = expect(open(as('nobody:wrong'))).rejects.toThrow(/^REDIS_URL .*WRONGPASS/);
  const poor = expect(open(as('poor:pass'))).rejects.toThrow(/^REDIS_URL .*NOPERM/);
  await Promise.all([wrong, poor]);
  await redisCommands(redis.url, 'CONFIG SET requirepass geheim');
  await expect(open(redis.url)).rejects.toThrow(/^REDIS_URL .*NOAUTH/);
  await redisCommands(as(':geheim'), 'CONFIG SET requirepass ""');
  expect(warnings).toEqual([]);
});

it('says in one warning that Redis is away, and starts', async () => {
  const queue = await open(`redis://127.0.0.1:${await freePort()}`);
  queue.process(1, async () => undefined);
  await expect(queue.add({})).rejects.toThrow();
  expect(warnings).toEqual([expect.stringContaining('Redis cannot be reached')]);
});

it('warns of a Redis that may evict jobs, where it may ask', async () => {
  await redisCommands(redis.url, 'CONFIG SET maxmemory-policy allkeys-lru');
  await redisCommands(redis.url, 'ACL SETUSER blind on >pass ~* &* +@all -info -config');
  const blind = await open(as('blind:pass'));
  await blind.add({});
  expect(warnings).toEqual([]);
  await open(redis.url);
  expect(warnings).toEqual([expect.stringContaining('maxmemory-policy is allkeys-lru')]);
});
