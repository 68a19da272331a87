import { inject } from 'vitest';
import { databases } from './redis.js';
import { redisCommands } from './redis-commands.js';

/** The address of an empty database on the shared Redis that no other spec has been given. */
export async function createRedisDatabase(): Promise<string> {
  const server = inject('redisUrl');
  const [answer = ''] = await redisCommands(server, 'INCR databases-handed-out');
  const url = `${server}/${1 + (Number(answer.slice(1)) % (databases - 1))}`;
  await redisCommands(url, 'FLUSHDB');
  return url;
}
