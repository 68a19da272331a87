import 'reflect-metadata';
import { afterAll, afterEach } from 'vitest';
import { closeNetwork, takeBlockedHosts } from './servers/closed-network.js';

closeNetwork();

// The code under test may well survive a call that failed; the test that did not expect it must not.
function expectNoCallOutside(): void {
  const hosts = takeBlockedHosts();
  if (hosts.length === 0) return;
  throw new Error(
    `The network is closed in tests, and something tried to reach ${hosts.join(', ')}.`,
  );
}

afterEach(expectNoCallOutside);
afterAll(expectNoCallOutside);

// Vitest leaves its workers to themselves when it is interrupted, and with them all that they started.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
