import { redisCode } from './redis-refusal.js';
import type { RedisTroubles } from './redis-troubles.js';

/**
 * Keeps the process alive where Redis refuses what Bull and ioredis do by themselves, such as naming a connection or
 * subscribing again: they leave those promises to nobody. Other rejections end the process as before.
 */
export function surviveRefusals(troubles: RedisTroubles): () => void {
  const onRejection = (reason: unknown) => {
    if (redisCode(reason) === undefined) throw reason;
    troubles.tell(reason);
  };
  process.on('unhandledRejection', onRejection);
  return () => void process.off('unhandledRejection', onRejection);
}
