import { redisCode } from './redis-refusal.js';
import type { RedisTroubles } from './redis-troubles.js';

/**
 * Keeps the process alive where Redis refuses a command that Bull and ioredis send themselves, such as naming a
 * connection or subscribing again: nothing handles those promises. Other rejections still end the process.
 */
export function surviveRefusals(troubles: RedisTroubles): () => void {
  const onRejection = (reason: unknown) => {
    if (redisCode(reason) === undefined) throw reason;
    troubles.tell(reason);
  };
  process.on('unhandledRejection', onRejection);
  return () => void process.off('unhandledRejection', onRejection);
}
