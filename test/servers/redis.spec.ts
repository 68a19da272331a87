import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Redis } from '../support/servers/redis.js';
import { redisCommands } from '../support/servers/redis-commands.js';
import { createRedisDatabase } from '../support/servers/redis-database.js';

describe('a Redis of one’s own', () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = await Redis.start();
  });
  afterAll(() => redis.stop());

  it('comes back empty, on its port, after a restart', async () => {
    expect(await redisCommands(redis.url, 'SET key value', 'EXISTS key')).toEqual(['+OK', ':1']);
    await redis.restart();
    expect(await redisCommands(redis.url, 'EXISTS key')).toEqual([':0']);
  });

  it('is gone once it is killed, and can be brought back', async () => {
    await redis.kill();
    await expect(redisCommands(redis.url, 'PING')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await redis.restart();
    expect(await redisCommands(redis.url, 'PING')).toEqual(['+PONG']);
  });

  it('says what it refuses', async () => {
    await expect(redisCommands(redis.url, 'NONSENSE')).rejects.toThrow(/unknown command/);
  });
});

describe('a database on the shared Redis', () => {
  it('is empty and nobody else’s', async () => {
    const [one, other] = [await createRedisDatabase(), await createRedisDatabase()];
    expect(one).not.toBe(other);
    await redisCommands(one, 'SET key value');
    expect(await redisCommands(other, 'DBSIZE')).toEqual([':0']);
  });
});
