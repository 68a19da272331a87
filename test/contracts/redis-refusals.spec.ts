import { ConsoleLogger, Logger } from '@nestjs/common';
import Bull from 'bull';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { BullConsumer } from '../../src/platform/queue/bull-consumer.js';
import { createBullQueue } from '../../src/platform/queue/bull-queue.js';
import { RedisTroubles } from '../../src/platform/queue/redis-troubles.js';
import { surviveRefusals } from '../../src/platform/queue/survive-refusals.js';
import { freePort } from '../support/servers/free-port.js';
import { Redis } from '../support/servers/redis.js';
import { redisCommands } from '../support/servers/redis-commands.js';
import { Signal } from '../support/signal.js';

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

async function open(url: string, name = 'refusals') {
  const queue = await createBullQueue(name, { url, tls: undefined });
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

it('goes on to process where a queue that failed cannot be closed', async () => {
  const handled = new Signal();
  const opened: Bull.Queue[] = [];
  const consumer = new BullConsumer(() => {
    const queue = new Bull('closing', redis.url);
    opened.push(queue);
    return opened.length > 1 ? queue : failing(queue);
  }, new RedisTroubles());
  onTestFinished(() => consumer.close());
  consumer.start(1, async () => handled.give());
  const producer = await open(redis.url, 'closing');
  await producer.add({});
  await handled.given;
  expect(warnings).toEqual([expect.stringContaining('process')]);
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

/** As where its connection is lost again while it is closed. */
function failing(queue: Bull.Queue): Bull.Queue {
  const close = queue.close.bind(queue);
  return Object.assign(queue, {
    process: () => Promise.reject(new Error('Redis is loading: process')),
    close: async () => {
      await close();
      throw new Error('The connection is lost: close');
    },
  });
}

it('survives that a command of Bull was on its way when its connection closed, and nothing else', () => {
  onTestFinished(surviveRefusals(new RedisTroubles()));
  const survive = process.listeners('unhandledRejection').at(-1);
  const lost = Promise.resolve();
  expect(() => survive?.(new Error('Connection is closed.'), lost)).not.toThrow();
  expect(() => survive?.(new Error('Something else.'), lost)).toThrow('Something else.');
  expect(warnings).toEqual([]);
});
