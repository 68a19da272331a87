import type { Config } from '../../config/config.js';
import { createBullQueue } from '../../platform/queue/bull-queue.js';
import { writeRefusal } from '../../platform/queue/check-redis.js';
import { redisProblem } from '../../platform/queue/redis-refusal.js';
import { type Finding, ok, problem, problemOf } from './finding.js';

const CHECK = 'redis';

/** Whether Redis takes jobs. */
export async function checkRedisServer({ redis }: Config): Promise<Finding[]> {
  if (!redis) return [];
  try {
    const queue = await createBullQueue('doctor', redis);
    try {
      const refused = await writeRefusal(queue);
      if (refused === undefined) return [ok(CHECK, 'It takes jobs.')];
      return [problem(CHECK, `${redisProblem(refused)}. Check REDIS_URL, and that Redis runs.`)];
    } finally {
      await queue.close();
    }
  } catch (error) {
    return [problemOf(CHECK, error)];
  }
}
