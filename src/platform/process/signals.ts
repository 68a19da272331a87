import type { INestApplicationContext } from '@nestjs/common';
import { printError } from './output.js';

/** How long a server may take to close, in ms; supervisors usually wait 10 s. */
const CLOSE_TIMEOUT_MS = 8_000;

/**
 * Closes the application on SIGTERM and SIGINT, after it has answered open requests. Another worker takes over a longer
 * run when its lease ends. A second signal ends the process at once.
 */
export function closeOnSignal(app: INestApplicationContext): void {
  let closing = false;
  const close = async () => {
    if (closing) process.exit(1);
    closing = true;
    setTimeout(() => process.exit(0), CLOSE_TIMEOUT_MS).unref();
    await app.close();
    process.exit(0);
  };
  const closeOrSay = () => {
    close().catch((error: unknown) => {
      printError(`Rollcall could not close: ${error instanceof Error ? error.message : error}`);
      process.exit(1);
    });
  };
  process.on('SIGTERM', closeOrSay).on('SIGINT', closeOrSay);
}
