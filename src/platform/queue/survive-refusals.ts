import { redisCode } from './redis-refusal.js';
import type { RedisTroubles } from './redis-troubles.js';

/** What ioredis says of a command on its way when this process closes the connection. */
const CLOSED = 'Connection is closed.';

/**
 * Keeps the process alive where Redis refuses a command that Bull and ioredis send themselves, such as naming a
 * connection or subscribing again, or where such a command is on its way when its connection closes: nothing handles
 * those promises. Other rejections still end the process.
 */
export function surviveRefusals(troubles: RedisTroubles): () => void {
  const onRejection = (reason: unknown) => {
    if (reason instanceof Error && reason.message === CLOSED) return;
    if (redisCode(reason) === undefined) throw reason;
    troubles.tell(reason);
  };
  process.on('unhandledRejection', onRejection);
  return () => void process.off('unhandledRejection', onRejection);
}
