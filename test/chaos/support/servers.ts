import { MariaDb } from '../../support/servers/mariadb.js';
import { Redis } from '../../support/servers/redis.js';
import { redisCommands } from '../../support/servers/redis-commands.js';

/** A MariaDB and a Redis that nobody else uses, because they are ended and started again. */
export class Servers {
  private databases = 0;

  private constructor(
    readonly mariadb: MariaDb,
    readonly redis: Redis,
  ) {}

  static async start(): Promise<Servers> {
    const [mariadb, redis] = await Promise.all([MariaDb.start(), Redis.start()]);
    return new Servers(mariadb, redis);
  }

  async stop(): Promise<void> {
    await Promise.all([this.mariadb.stop(), this.redis.stop()]);
  }

  /** The environment of an empty database on each. */
  async environment(): Promise<{ DATABASE_URL: string; REDIS_URL: string }> {
    const REDIS_URL = `${this.redis.url}/${++this.databases}`;
    await redisCommands(REDIS_URL, 'FLUSHDB');
    return { DATABASE_URL: await this.mariadb.createDatabase(), REDIS_URL };
  }
}
