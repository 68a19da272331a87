import 'reflect-metadata';
import { afterAll, afterEach, vi } from 'vitest';
import { endFile } from './at-end.js';
import { checkAnswers, takeBreaches } from './checked-fetch.js';
import { closeNetwork, takeBlockedHosts } from './servers/closed-network.js';

closeNetwork();
checkAnswers();

// The code under test may well survive a call that failed; the test that did not expect it must not.
function expectNoCallOutside(): void {
  const hosts = takeBlockedHosts();
  if (hosts.length === 0) return;
  throw new Error(
    `The network is closed in tests, and something tried to reach ${hosts.join(', ')}.`,
  );
}

function expectDocumentedAnswers(): void {
  const breaches = takeBreaches();
  if (breaches.length === 0) return;
  throw new Error(`The API answered what it does not document:\n${breaches.join('\n')}`);
}

afterEach(() => void vi.useRealTimers());
afterEach(expectNoCallOutside);
afterEach(expectDocumentedAnswers);
afterAll(expectNoCallOutside);
afterAll(expectDocumentedAnswers);
afterAll(endFile);
